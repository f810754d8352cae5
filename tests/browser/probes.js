// What tests ask of a page: an object of functions whose answers are JSON.
({
  /** Elements that reach beyond the right edge, when the page scrolls sideways. */
  overflowing() {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const clipped = (one) => {
      for (let up = one.parentElement; up; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== "visible") return true;
      return false;
    };
    const wide = [...document.body.querySelectorAll("*")]
      .filter((one) => one.getBoundingClientRect().right > width + 0.5 && !clipped(one));
    const named = wide.slice(-5).map((one) => `${one.tagName} .${one.className} ${Math.round(one.getBoundingClientRect().right)} px`);
    return [`${document.documentElement.scrollWidth} px in ${width} px`, ...named];
  },

  /** Cells so narrow that words fall apart into letters. */
  squeezed() {
    const narrow = (one) => {
      const words = one.innerText.trim();
      const style = getComputedStyle(one);
      const inner = one.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const lines = one.clientHeight / Number.parseFloat(style.lineHeight);
      return words.length > 6 && getComputedStyle(one.firstElementChild ?? one).writingMode === "horizontal-tb" && inner < 2.5 * Number.parseFloat(style.fontSize) && lines > 4;
    };
    return [...document.querySelectorAll("th, td")].filter((one) => one.checkVisibility() && narrow(one)).map((one) => one.innerText);
  },

  openDetails() {
    for (const one of document.querySelectorAll("details")) one.open = true;
  },

  /** References to elements that are not there, and names given twice. */
  danglingReferences() {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`);
    const links = [...document.querySelectorAll('a[href^="#"]')]
      .map((one) => decodeURIComponent(one.getAttribute("href").slice(1)))
      // A hash with = is a state of the viewer, not a place.
      .filter((id) => !id.includes("="));
    const named = ["aria-labelledby", "aria-describedby", "popovertarget", "for"].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((one) => one.getAttribute(name).split(/\s+/)));
    return [...twice, ...[...links, ...named].filter((id) => !ids.includes(id)).map((id) => `nowhere: ${id}`)];
  },

  /** Addresses of links that leave the page. */
  links() {
    return [...document.querySelectorAll("a[href]")].map((one) => one.getAttribute("href")).filter((to) => !to.startsWith("#"));
  },

  /** Texts whose contrast with what is behind them is lower than WCAG 2 AA asks for. */
  faint() {
    const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
      .getContext("2d", { willReadFrequently: true });
    const known = new Map();
    const rgba = (color) => {
      if (!known.has(color)) {
        context.clearRect(0, 0, 1, 1);
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
        known.set(color, [r, g, b, a / 255]);
      }
      return known.get(color);
    };
    const over = ([r, g, b, a], behind) => [r, g, b].map((part, at) => part * a + behind[at] * (1 - a));
    const luminance = (color) => {
      const [r, g, b] = color.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (a, b) => {
      const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
      return (high + 0.05) / (low + 0.05);
    };
    const chain = (one) => { const all = []; for (let up = one; up; up = up.parentElement) all.unshift(up); return all; };
    const found = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let read = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const one = node.parentElement;
      if (!node.data.trim() || one.closest("script, style, noscript, [aria-hidden=true], :disabled")) continue;
      if (!one.checkVisibility({ visibilityProperty: true }) || getComputedStyle(one).fontSize === "0px") continue;
      read += 1;
      const styles = chain(one).map((up) => getComputedStyle(up));
      const behind = styles.reduce((under, style) => over(rgba(style.backgroundColor), under), [255, 255, 255]);
      const own = getComputedStyle(one);
      const [r, g, b, a] = rgba(one.closest("svg") ? own.fill : own.color);
      const opacity = styles.reduce((product, style) => product * Number(style.opacity), 1);
      const size = Number.parseFloat(own.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(own.fontWeight) >= 700);
      const contrast = ratio(over([r, g, b, a * opacity], behind), behind);
      if (contrast < (large ? 3 : 4.5)) {
        const key = `${one.tagName.toLowerCase()}.${one.getAttribute("class") ?? ""}`;
        if (!found.has(key)) found.set(key, `${key} ${contrast.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
      }
    }
    return read ? [...found.values()] : ["no text at all"];
  },

  /** The middle of the first line of an element, scrolled into view. */
  middle(selector, at) {
    const one = document.querySelectorAll(selector)[at];
    if (!one) throw new Error(`nothing at ${selector} [${at}]`);
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one.getClientRects()[0];
    if (!box) throw new Error(`${selector} [${at}] is not drawn`);
    return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
  },
})
