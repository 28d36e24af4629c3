/* What can be measured on a page: each function takes an element. */

/** Red, green, blue and alpha, 0 to 255, of any colour that the browser knows. */
function pixel(colour) {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data];
}

/** The colour behind an element: its own and its ancestors', as far as one sees through. */
function background(element) {
  const layers = [];
  for (let e = element; e; e = e.parentElement) {
    const layer = pixel(getComputedStyle(e).backgroundColor);
    layers.push(layer);
    // What is in the top layer lies on nothing that it is part of.
    if (layer[3] === 255) break;
    if (e.matches(":popover-open")) return null;
  }
  let [r, g, b] = pixel("Canvas");
  for (const [lr, lg, lb, alpha] of layers.reverse()) {
    const a = alpha / 255;
    [r, g, b] = [lr * a + r * (1 - a), lg * a + g * (1 - a), lb * a + b * (1 - a)];
  }
  return [r, g, b];
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of WCAG 1.4.3 between two colours. */
function ratio(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The lowest contrast of any text in an element; 1 where one would see through it. */
function contrast(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let lowest = 21;
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !holder.checkVisibility()) continue;
    const behind = background(holder);
    const colour = pixel(getComputedStyle(holder).color);
    lowest = behind ? Math.min(lowest, ratio(colour.slice(0, 3), behind)) : 1;
  }
  return lowest;
}

/** Whether nothing lies on an element, at its corners and in its middle. */
function isOnTop(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const inside = 5;
  return [
    [left + inside, top + inside], [right - inside, top + inside],
    [left + inside, bottom - inside], [right - inside, bottom - inside],
    [(left + right) / 2, (top + bottom) / 2],
  ].every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
}

/** How light the background is, from 0 to 1. */
function brightness(element) {
  return luminance(background(element));
}
