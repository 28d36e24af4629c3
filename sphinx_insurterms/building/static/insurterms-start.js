/* Written by `insurterms build`. Leads to the first of the reader's languages that there is;
   who reads none of them, or runs no script, has a list. */
(() => {
  "use strict";

  const links = new Map();
  for (const link of document.querySelectorAll("a[data-serves]")) {
    for (const tag of link.dataset.serves.split(" ")) links.set(tag, link);
  }

  for (const language of navigator.languages) {
    const parts = language.toLowerCase().split("-");
    for (; parts.length; parts.pop()) {
      const link = links.get(parts.join("-"));
      // The page itself is not for the way back.
      if (link) return location.replace(link.href + location.hash);
    }
  }
})();
