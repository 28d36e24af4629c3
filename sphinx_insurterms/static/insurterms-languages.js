/* Lets the links to a page in other languages lead to the place where its reader is.

   If it does not run, they lead to the top of the page. */
(() => {
  "use strict";

  const links = document.querySelectorAll(".insurterms-languages a");

  const follow = () => {
    for (const link of links) link.hash = location.hash;
  };

  addEventListener("hashchange", follow);
  follow();
})();
