// What a person would stumble over on this page, as a list of sentences. Run in the page after the
// Tab key, so that the browser shows where the focus is.
() => {
  const complaints = [];
  const named = (element) => {
    const words = (element.innerText || element.getAttribute("aria-label") || element.name || "");
    return `${element.tagName.toLowerCase()} "${words.trim().slice(0, 40)}"`;
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) &&
    !element.closest("details:not([open]) > :not(summary)");
  const colour = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([red, green, blue]) => {
    const part = (value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const found = colour(getComputedStyle(each).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };

  // The page fits.
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) {
    const widest = [...document.body.querySelectorAll("*")].find(
      (element) => element.getBoundingClientRect().right > innerWidth + 1 && isSeen(element),
    );
    complaints.push(`is ${width} px wide in a window of ${innerWidth}: ${widest && named(widest)}`);
  }

  // A text that is cut off is a text that is lost.
  for (const element of document.body.querySelectorAll("p, li, dt, dd, th, td, a, button, label")) {
    const style = getComputedStyle(element);
    const isCut =
      style.overflowX !== "visible" &&
      style.overflowX !== "auto" &&
      style.clip === "auto" &&
      element.scrollWidth > element.clientWidth + 1;
    if (isCut && isSeen(element)) complaints.push(`cuts off ${named(element)}`);
  }

  document.activeElement.blur();

  // What can be pressed can be hit, and the keyboard shows where it is.
  const pressed = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  for (const element of document.querySelectorAll(pressed)) {
    if (!isSeen(element) || element.disabled || element.matches("[tabindex='-1']")) continue;
    // A box to tick or a choice has its ring round its label as well.
    const field = element.matches("[type=checkbox], [type=radio]") && element.closest(".ds-field");
    const ringed = field || element;
    const ring = () => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(ringed);
      return { outlineStyle, outlineWidth, outlineColor, boxShadow };
    };
    const plain = ring();
    element.focus();
    const style = getComputedStyle(element);
    if (document.activeElement !== element) {
      complaints.push(`cannot be reached by keyboard: ${named(element)}`);
      continue;
    }
    const shown = ring();
    const thickness = shown.outlineStyle === "none" ? 0 : parseFloat(shown.outlineWidth);
    if (thickness < 3 || JSON.stringify(plain) === JSON.stringify(shown)) {
      complaints.push(`shows no focus on ${named(element)}`);
    }
    const around = ground(ringed.parentElement);
    const inner = shown.boxShadow === "none" ? around : colour(shown.boxShadow);
    if (Math.max(contrast(colour(shown.outlineColor), around), contrast(inner, around)) < 3) {
      complaints.push(`has a ring that is hard to see round ${named(element)}`);
    }

    const label = element.labels && element.labels[0];
    const boxes = [element, ...(label && element.matches("[type=checkbox], [type=radio]") ? [label] : [])]
      .map((each) => each.getBoundingClientRect());
    const high = Math.max(...boxes.map((box) => box.height));
    const wide = Math.max(...boxes.map((box) => box.width));
    const isInSentence = style.display === "inline" && high >= 24; // "Bø" is as wide as it is
    if (high < 24 || (wide < 24 && !isInSentence)) {
      complaints.push(`has a target of ${Math.round(wide)} × ${Math.round(high)} px: ${named(element)}`);
    }

    const box = element.getClientRects()[0];
    const upper = Math.max(box.top, 0);
    const lower = Math.min(box.bottom, innerHeight);
    const top = document.elementFromPoint(box.x + box.width / 2, (upper + lower) / 2);
    const isOnTop = top && (element.contains(top) || top.contains(element) || (label && label.contains(top)));
    if (!isOnTop) complaints.push(`hides ${named(element)} while it has the focus`);

    // A field or a button with a border of its own is seen against what is around it.
    if (element.matches("input, select, textarea, button, .ds-button")) {
      const edge = colour(style.borderTopColor);
      const own = colour(style.backgroundColor);
      const isFilled = (own.length === 3 || own[3] === 1) && contrast(own, around) >= 3;
      const isEdged = parseFloat(style.borderTopWidth) > 0 && edge[3] !== 0 && contrast(edge, around) >= 3;
      if (!isFilled && !isEdged && !element.matches("[data-variant=tertiary]")) {
        complaints.push(`has an edge that is hard to see round ${named(element)}`);
      }
    }
  }

  // Borders are there to be seen.
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    for (const side of ["Top", "Bottom", "Left", "Right"]) {
      const edge = colour(style[`border${side}Color`]);
      const isThere =
        parseFloat(style[`border${side}Width`]) > 0 &&
        !["none", "hidden"].includes(style[`border${side}Style`]) &&
        (edge.length === 3 || edge[3] === 1);
      if (!isThere || !isSeen(element)) continue;
      const best = Math.max(
        contrast(edge, ground(element)),
        element.parentElement ? contrast(edge, ground(element.parentElement)) : 0,
      );
      if (best < 3) {
        complaints.push(`has a border that is hard to see: ${element.className || named(element)}`);
        break;
      }
    }
  }

  // In the order of the page.
  if (document.querySelector("[tabindex]:not([tabindex='0'], [tabindex='-1'])")) {
    complaints.push("sends the keyboard round in an order of its own");
  }
  return [...new Set(complaints)];
}
