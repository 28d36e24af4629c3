/* Shows a term's definition where its name is read.

   The definitions stand at the end of the page, as a list. This script hides the list and
   opens its items as popovers. If it does not run, or a reader has switched tooltips off, the
   list stays and every link works. */
(() => {
  "use strict";

  // Half a feature would hide the definitions from readers whose browser cannot open them.
  if (!("popover" in HTMLElement.prototype)) return;

  /** Milliseconds before hover opens or closes: a passing pointer opens nothing, and there is
      time to cross from the link into the tooltip. */
  const DELAY = 300;

  /** Pixels between link and tooltip, and between tooltip and window. As in insurterms.css. */
  const GAP = 4;
  const MARGIN = 8;

  const PREFIX = "insurterm-tip-";
  const KEY = "insurterm-tooltips";
  const root = document.documentElement;

  // Early versions (Chrome 125 to 128) know anchors by other property names.
  const anchors = CSS.supports("(anchor-name: --x) and (position-area: block-end)");

  /** The open pair, or null: {link, tip, fragment}. There is never a second one. */
  let shown = null;

  /** The term link under the pointer. It stays set when Escape closes the tooltip, so that the
      tooltip does not come back until the pointer has left the link. */
  let pointed = null;

  /** Whether the pointer is in the open pair: only who has entered can leave. A tooltip that
      focus, a tap or the address opened is not closed by a pointer that moves elsewhere. */
  let hovered = false;

  /** The last press of the pointer, until a key is pressed: who acts, and where. */
  let press = null;

  let opening, closing;

  /** Whether the reader wants tooltips. */
  let isOn = true;

  // One listener for the page, not one for each link: a page may name terms a thousand times.
  const linkAt = (target) => isOn && target instanceof Element && target.closest("a.insurterm");

  const isInside = (target) =>
    shown && (shown.link.contains(target) || shown.tip.contains(target));

  /** Open the tooltip of *link* and say whether there is one.

      A link may be broken over two lines: *event* tells which part the pointer is on. */
  function show(link, event) {
    if (shown && shown.link === link) return true;
    const tip = document.getElementById(link.getAttribute("aria-describedby"));
    if (!tip) return false;
    hide();
    const parts = [...link.getClientRects()];
    const fragment = event && parts.length > 1 ? parts.findIndex((part) =>
      part.left <= event.clientX && event.clientX <= part.right
      && part.top <= event.clientY && event.clientY <= part.bottom) : -1;
    shown = { link, tip, fragment };
    hovered = link === pointed;
    // Only while it is open: the browser gives whatever has this attribute a popover's looks, on
    // paper too. "manual" because its own light dismissal would close it on the tap that opens it.
    tip.popover = "manual";
    // The style sheet ties the two together by these classes. An anchor is the box around all
    // parts of a link, so a single part is left to place().
    link.classList.add("insurterm-open");
    tip.classList.toggle("insurterm-tip-anchored", anchors && fragment < 0);
    tip.showPopover();
    place();
    return true;
  }

  function hide() {
    clearTimeout(closing); // but not opening: the pointer may be on the next link already
    hovered = false;
    if (!shown) return;
    const { link, tip } = shown;
    shown = null;
    link.classList.remove("insurterm-open");
    tip.popover = null;
    for (const name of ["inset", "max-height"]) tip.style.removeProperty(name);
  }

  /** Place the open tooltip where the style sheet cannot: below the link, or above it if only
      there is room, from the side where reading starts, and inside the window. */
  function place() {
    const { link, tip, fragment } = shown;
    if (tip.classList.contains("insurterm-tip-anchored")) return;
    const box = link.getClientRects()[fragment] || link.getBoundingClientRect();
    const { clientWidth: width, clientHeight: height } = root;
    const above = box.top - 2 * GAP;
    const below = height - box.bottom - 2 * GAP;
    // scrollHeight is the height it would like to have; it may be cut by an earlier max-height.
    const isAbove = tip.scrollHeight > below && above > below;
    const start = getComputedStyle(document.body).direction === "rtl"
      ? box.right - tip.offsetWidth : box.left;
    const left = Math.max(MARGIN, Math.min(start, width - tip.offsetWidth - MARGIN));
    tip.style.setProperty("inset", isAbove
      ? `auto auto ${height - box.top + GAP}px ${left}px`
      : `${box.bottom + GAP}px auto auto ${left}px`);
    tip.style.setProperty("max-height", `${isAbove ? above : below}px`);
  }

  /** Follow the pointer from element to element. */
  function hover(event) {
    if (event.pointerType === "touch") return;
    if (isInside(event.target)) {
      clearTimeout(closing);
      hovered = true;
    } else if (hovered) {
      hovered = false;
      // Focus holds it open as well as the pointer does.
      closing = setTimeout(() => shown.link.matches(":focus-visible") || hide(), DELAY);
    }
    const link = linkAt(event.target);
    if (link === pointed) return;
    pointed = link;
    clearTimeout(opening);
    if (link) opening = setTimeout(show, DELAY, link, event);
  }

  document.addEventListener("pointerover", hover);
  root.addEventListener("pointerleave", hover); // out of the window

  document.addEventListener("focusin", (event) => {
    const link = linkAt(event.target);
    // A click focuses too, but its reader has a pointer.
    if (link && link.matches(":focus-visible")) show(link);
  });

  document.addEventListener("focusout", (event) => {
    // A press inside the tooltip, to select text, takes the focus from the link.
    const isPressed = press && isInside(press.target);
    if (!hovered && !isPressed && !isInside(event.relatedTarget)) hide();
  });

  // Before other scripts, which may end the event; and theirs is the next Escape, not this one.
  document.addEventListener("keydown", (event) => {
    press = null;
    if (event.key !== "Escape" || !shown) return;
    hide();
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("pointerdown", (event) => {
    press = event;
  }, true);

  // Not pointerdown: that begins a scroll too, and then no pointerup follows.
  document.addEventListener("pointerup", (event) => {
    if (!isInside(event.target)) hide();
  });

  document.addEventListener("click", (event) => {
    const link = linkAt(event.target);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    clearTimeout(opening);
    // Enter, and assistive technology, click without a pointer: detail is 0.
    const isTap = event.detail > 0 && press && press.pointerType === "touch";
    const isSecond = shown && shown.link === link;
    const isItsOwnTarget = link.getAttribute("href").startsWith("#" + PREFIX);
    if (isTap ? !isSecond : isItsOwnTarget) {
      if (show(link, event)) event.preventDefault();
    } else {
      hide();
      if (isItsOwnTarget) event.preventDefault();
    }
  });

  // The page only: a tooltip's own scrolling ends here as well.
  const follow = (event) => shown && event.target !== shown.tip && place();
  addEventListener("scroll", follow, { capture: true, passive: true });
  addEventListener("resize", follow);

  // On paper an open tooltip would lie across the text; in the list it is in its place.
  addEventListener("beforeprint", hide);

  /** Open the tooltip that the address names, at its first link. */
  function showTarget() {
    if (!isOn || !location.hash.startsWith("#" + PREFIX)) return;
    const id = CSS.escape(decodeURIComponent(location.hash.slice(1)));
    const link = document.querySelector(`a.insurterm[aria-describedby="${id}"]`);
    if (!link) return;
    link.scrollIntoView({ behavior: "instant", block: "center" }); // clear of sticky headers
    link.focus({ preventScroll: true });
    show(link);
  }

  const lists = [...document.querySelectorAll(".insurterm-tips")];
  const name = lists[0] && lists[0].getAttribute("aria-label");
  const boxes = [];

  /** Show tooltips, or the list. */
  function turn(on) {
    isOn = on;
    clearTimeout(opening);
    hide();
    root.classList.toggle("insurterm-js", on);
    for (const list of lists) {
      // An empty landmark is of no use to those who go from landmark to landmark; and a name
      // would keep it one.
      list[on ? "removeAttribute" : "setAttribute"]("aria-label", name);
      list[on ? "setAttribute" : "removeAttribute"]("role", "presentation");
    }
    for (const box of boxes) box.checked = on;
  }

  /** What the reader chose on any page; on this one, where the browser keeps nothing for us. */
  function chosen() {
    try {
      return localStorage.getItem(KEY) !== "off";
    } catch {
      return isOn;
    }
  }

  function choose() {
    turn(this.checked);
    try {
      localStorage.setItem(KEY, isOn ? "on" : "off");
    } catch { /* then not longer than the page */ }
  }

  for (const list of lists) {
    const [box, label, switch_] = ["input", "label", "p"].map((e) => document.createElement(e));
    box.type = "checkbox";
    box.autocomplete = "off"; // else browsers put it back as it was before a reload
    box.addEventListener("change", choose);
    label.append(box, " ", list.dataset.switch);
    switch_.className = "insurterm-switch";
    switch_.append(label);
    list.append(switch_);
    boxes.push(box);
  }
  turn(chosen());
  // Back on a page that the browser kept as it was.
  addEventListener("pageshow", () => chosen() === isOn || turn(!isOn));
  addEventListener("hashchange", showTarget);
  addEventListener("load", showTarget); // earlier, browsers take the focus away once more
})();
