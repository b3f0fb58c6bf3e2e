// Sorts, filters and reads values. The page is whole without it: everything below works on what is already there.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  // Some browsers forbid storage to local files.
  const remember = (key, value) => { try { localStorage.setItem("freshlegs-" + key, value); } catch { /* not kept */ } };
  const recall = (key) => { try { return localStorage.getItem("freshlegs-" + key); } catch { return null; } };
  const root = document.documentElement;
  for (const tools of $$(".tools, .filter")) tools.hidden = false;

  // Light and dark.
  const themeButton = $("#theme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const setTheme = (theme) => {
    if (theme) root.dataset.theme = theme;
    themeButton.textContent = isDark() ? "light" : "dark";
  };
  const toggleTheme = () => { setTheme(isDark() ? "light" : "dark"); remember("theme", root.dataset.theme); };
  themeButton.addEventListener("click", toggleTheme);
  setTheme(recall("theme"));

  // Kilometres and miles.
  const MILE = 1609.344;
  const unitsButton = $("#units");
  let inMiles = false;
  const two = (n) => String(n).padStart(2, "0");
  const clock = (s) => {
    const t = Math.round(s), h = Math.floor(t / 3600), m = Math.floor(t / 60) % 60;
    return h ? h + ":" + two(m) + ":" + two(t % 60) : m + ":" + two(t % 60);
  };
  const asDistance = (m) => inMiles ? (m / MILE).toFixed(2) + " mi" : m < 1000 ? Math.round(m) + " m" : (m / 1000).toFixed(2) + " km";
  const asPace = (mps) => inMiles ? clock(MILE / mps) + " /mi" : clock(1000 / mps) + " /km";
  const asClimb = (m) => inMiles ? Math.round(m * 3.28084) + " ft" : Math.round(m) + " m";
  // Sentences, tables and axes say kilometres; in miles they are said anew from what they said at first.
  const first = new Map();
  const bare = (text) => text.replace(/(\d+):(\d\d)/g, (_, m, sec) => clock((60 * m + +sec) * MILE / 1000));
  const inWords = (text) => text
    .replace(/(\d+:\d\d)((?: to \d+:\d\d)?)\s?\/km/g, (_, pace, more) => bare(pace + more) + "\u00a0/mi")
    .replace(/(\d+) s\/km/g, (_, sec) => Math.round(sec * MILE / 1000) + " s/mi")
    .replace(/([\d.]+)( and [\d.]+)?\skm\b/g, (_, km, more) => {
      const miles = (text) => (+text * 1000 / MILE).toFixed(1);
      return miles(km) + (more ? " and " + miles(more.slice(5)) : "") + "\u00a0mi";
    })
    .replace(/\/km\b/g, "/mi").replace(/\bkm\b/g, "mi");
  const said = (text) => inMiles ? inWords(text) : text;
  const cell = (text, head) => !inMiles ? text : /\/km/.test(head) ? bare(text) : /\bkm\b/.test(head) && /^[\d.]+$/.test(text) ? (text * 1000 / MILE).toFixed(1) : inWords(text);
  const headOf = (td) => td.closest("table").querySelectorAll("thead th")[td.cellIndex].firstChild;
  const converted = (node, text) => {
    const of = node.parentElement;
    if (of.matches("svg .pace")) return bare(inWords(text));
    if (of.matches(".values td")) return cell(text, first.get(headOf(of)) || headOf(of).data);
    return inWords(text);
  };
  const sayNumbers = (within) => {
    for (const e of $$("data.m", within)) e.textContent = asDistance(+e.value);
    for (const e of $$("data.pace", within)) e.textContent = asPace(+e.value);
    for (const e of $$("data.climb", within)) e.textContent = asClimb(+e.value);
  };
  const findWords = (within) => {
    const found = [], skipped = "script, style, noscript, code, kbd, bdi, data, .name, .readout, #filtered, #keys";
    const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const of = node.parentElement;
      if (first.has(node) || !/\d|km/.test(node.data) || of.closest(skipped)) continue;
      if (/\bkm\b/.test(node.data) || of.matches("svg .pace, .values td")) found.push(node);
    }
    for (const node of found) first.set(node, node.data);
    return found;
  };
  const convert = (nodes) => { for (const node of nodes) node.data = converted(node, first.get(node)); };
  const setUnits = (miles) => {
    inMiles = miles;
    root.dataset.units = miles ? "mi" : "km";
    sayNumbers(root);
    if (miles) findWords(document.body);
    if (miles) convert(first.keys()); else for (const [node, text] of first) node.data = text;
    unitsButton.textContent = miles ? "km" : "miles";
    if (box) showSum();
  };
  const toggleUnits = () => { setUnits(!inMiles); remember("units", inMiles ? "mi" : "km"); };
  unitsButton.addEventListener("click", toggleUnits);

  // What is folded away waits as text, the same that a reader without this script sees: it is built when it is opened.
  const unfold = (details) => {
    for (const waiting of $$(":scope > noscript", details)) {
      waiting.replaceWith(...new DOMParser().parseFromString(waiting.textContent, "text/html").body.childNodes);
      if (inMiles) { sayNumbers(details); convert(findWords(details)); }
      for (const chart of $$("figure.chart", details)) equip(chart);
      if (details.matches(".older")) collect();
    }
  };
  const open = (details) => { unfold(details); details.open = true; };
  // Before it opens, so that it never opens empty; browsers open some by themselves, such as for a word that is looked for.
  addEventListener("click", (event) => { const summary = event.target.closest("summary"); if (summary) unfold(summary.parentNode); }, true);
  addEventListener("toggle", (event) => { if (event.target.open) unfold(event.target); }, true);

  const numbers = (text) => text.split(" ").map(Number);
  const SVG = "http://www.w3.org/2000/svg";
  const bands = [];

  // Runs: one list of them, whatever table they stand in.
  const box = $("#filter"), told = $("#filtered");
  let runs = [], original = [];
  const firstTable = $("table.runs");
  const folds = $$("details.older");
  const collect = () => { runs = $$("tbody.run"); original = runs.map((run) => [run, run.parentNode]); };
  // The years that wait are built once somebody looks for a run among them.
  const collectAll = () => { if (!$$("details.older > noscript").length) return; for (const fold of folds) unfold(fold); };
  collect();
  const nameOf = (run) => $(".name", run).textContent.toLowerCase() + " " + run.dataset.label.replaceAll("_", " ");

  // A filter is words and limits: label:easy hr>140 pace<5:30 month:2026-05 from:2026-01-01 "some text" !race
  const numberOf = (text) => text.split(":").reduce((sum, part) => sum * 60 + parseFloat(part), 0);
  const test = (word) => {
    const not = word.startsWith("!");
    const bare = not ? word.slice(1) : word;
    const limit = /^(hr|km|mi|min|load|pace|climb)(<=|>=|<|>|=)([\d.:]+)$/.exec(bare);
    const field = /^(label|month|from|to|day):(.+)$/.exec(bare);
    let holds;
    if (limit) {
      const [, name, sign, text] = limit, wanted = numberOf(text);
      holds = (d) => {
        const known = d[name === "mi" ? "km" : name];
        if (known === undefined) return false;
        // A pace is one of the units that are shown.
        const value = name === "mi" ? known * 1000 / MILE : name === "pace" && inMiles ? known * MILE / 1000 : +known;
        return sign === "<" ? value < wanted : sign === ">" ? value > wanted : sign === "<=" ? value <= wanted
          : sign === ">=" ? value >= wanted : value === wanted;
      };
    } else if (field) {
      const [, name, text] = field;
      const wanted = text.replaceAll(/[_ -]/g, "");
      // `recovery` alone is not `recovery, too hard`.
      holds = (d) => name === "label" ? [d.label.replaceAll("_", "")].some((l) => wanted === "recovery" ? l === wanted : l.startsWith(wanted))
        : name === "from" ? d.date >= text : name === "to" ? d.date <= text : d.date.startsWith(text);
    } else {
      const text = bare.replaceAll('"', "");
      holds = (d, run) => nameOf(run).includes(text);
    }
    return (run) => holds(run.dataset, run) !== not;
  };
  const visible = () => runs.filter((run) => !run.hidden);
  const showSum = () => {
    const shown = visible();
    const sum = (name) => shown.reduce((total, run) => total + (+run.dataset[name] || 0), 0);
    told.textContent = box.value.trim()
      ? shown.length + " of " + runs.length + " runs: " + asDistance(1000 * sum("km")) + ", " + clock(60 * sum("min")) + ", load " + Math.round(sum("load"))
      : "";
    showTotals(shown, sum);
  };
  // The chosen runs as one more row of the totals, and what their hard sessions were followed by.
  const totals = $("table.totals tbody"), balance = $("#balance");
  const usual = balance && [...balance.childNodes];
  const hours = (min) => Math.floor(min / 60) + " h " + Math.round(min % 60) + " min";
  const showTotals = (shown, sum) => {
    if (!totals) return;
    const old = $("tr.chosen", totals);
    if (old) old.remove();
    balance.replaceChildren(...usual);
    if (!box.value.trim()) return;
    const running = shown.filter((run) => run.dataset.label !== "walk");
    const share = sum("zone") > 0 ? Math.round(100 * sum("easy") / sum("zone")) + " %" : "";
    const head = make("th", { textContent: "Chosen below" });
    head.scope = "row";
    const cells = [["runs", running.length], ["distance", asDistance(1000 * sum("km"))], ["time", hours(sum("min"))], ["climb", asClimb(sum("climb"))], ["load", Math.round(sum("load"))], ["easy", share]];
    const row = make("tr", { className: "chosen" }, head, ...cells.map(([name, text]) => {
      const td = make("td", { className: "number", textContent: text });
      td.dataset.is = name;
      return td;
    }));
    totals.append(row);
    balance.replaceChildren(...balanceOf(shown).map((text) => make("li", { textContent: text })));
  };
  const balanceOf = (shown) => {
    const many = (n, what) => n + " " + what + (n === 1 ? "" : "s");
    const is = (label) => shown.filter((run) => run.dataset.label === label).length;
    const then = shown.map((run) => run.dataset.then).filter(Boolean);
    const closed = then.filter((what) => what !== "open");
    const gentle = closed.filter((what) => /^(rest|recovery|easy)$/.test(what)).length;
    const hard = many(then.length, "hard session") + " among the chosen runs" + (closed.length ? "; " + gentle + " of " + closed.length + " followed by a gentle day and a half." : ".");
    const spoiled = is("recovery_too_hard");
    return [hard, many(is("recovery"), "true recovery run") + (spoiled ? "; " + spoiled + " meant as such and run too hard." : ".")];
  };
  const isFiltered = () => box && box.value.trim() !== "";
  // Sorted or filtered runs stand in one table, otherwise each stands where it stood; nothing moves while that stays so.
  let order = "";
  const gather = () => {
    const sorted = sortBy !== null, wanted = sorted ? sortBy + sortUp : isFiltered() ? "one" : "";
    if (wanted === order) return;
    order = wanted;
    if (wanted) firstTable.append(...(sorted ? [...runs].sort(compare) : runs));
    else for (const [run, parent] of original) parent.append(run);
    for (const fold of folds) fold.hidden = wanted !== "";
  };
  const applyFilter = () => {
    collectAll();
    const words = box.value.toLowerCase().match(/!?"[^"]*"|\S+/g) || [];
    const tests = words.map(test);
    for (const run of runs) run.hidden = !tests.every((holds) => holds(run));
    gather();
    showSum();
    shade();
  };
  const setFilter = (text, keep = true) => {
    box.value = text;
    applyFilter();
    if (keep) history.replaceState(null, "", text ? "#q=" + encodeURIComponent(text) : "#runs");
    remember("filter", text);
  };

  // Sorting.
  const KEYS = { Day: "date", Run: "", Distance: "km", Time: "min", Pace: "pace", "Heart rate": "hr", Load: "load", Kind: "label" };
  let sortBy = null, sortUp = false;
  const valueOf = (run) => {
    const key = KEYS[sortBy];
    return key === "" ? nameOf(run) : key === "date" || key === "label" ? run.dataset[key] : run.dataset[key] === undefined ? -Infinity : +run.dataset[key];
  };
  const compare = (a, b) => {
    const [x, y] = [valueOf(a), valueOf(b)];
    return (x < y ? -1 : x > y ? 1 : 0) * (sortUp ? 1 : -1);
  };
  if (firstTable) {
    for (const head of $$("th[data-sort]", firstTable)) {
      const button = make("button", { type: "button", textContent: head.textContent });
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const name = head.dataset.sort;
        [sortBy, sortUp] = sortBy !== name ? [name, name === "Run" || name === "Kind"] : [name, !sortUp];
        for (const other of $$("th[data-sort]", firstTable)) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", sortUp ? "ascending" : "descending");
        collectAll();
        gather();
      });
    }
  }
  if (box) {
    box.addEventListener("input", () => setFilter(box.value));
  }

  // Deep links: a run opens its card, a filter fills the box.
  const follow = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (box && hash.startsWith("q=")) { setFilter(hash.slice(2), false); $("#runs").scrollIntoView(); return; }
    if (hash && !document.getElementById(hash)) collectAll();
    const target = hash && document.getElementById(hash);
    if (!target) return;
    for (let e = target; e; e = e.parentElement) if (e.matches("details")) open(e);
    const card = $("details.card", target);
    if (target.matches("tbody.run") && card) open(card);
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);

  // Charts: values under the pointer or by arrow keys, told in words; the table behind each chart holds them.
  function equip(chart) {
    const fold = $("details.values", chart);
    if (!fold) return;
    let known;
    const values = () => {
      if (known) return known;
      unfold(fold);
      // In kilometres, as it was written: what is said of it is converted then.
      const text = (e) => first.get(e.firstChild) || e.textContent;
      return known = {
        columns: $$("thead th", fold).map(text),
        rows: $$("tbody tr", fold).map((tr) => ({ at: numbers(tr.dataset.at), cells: $$("td", tr).map(text) })).reverse(),
      };
    };
    const readout = make("p", { className: "readout" });
    readout.setAttribute("role", "status");
    const say = (row) => {
      readout.textContent = values().columns.map((name, i) => row.cells[i] && (i ? said(name) + " " : "") + cell(row.cells[i], name)).filter(Boolean).join(" · ");
    };
    for (const svg of $$("svg[data-plot]", chart)) attach(svg, () => values().rows, say, chart);
    fold.before(readout);
    $("summary", fold).after(saving(chart, values));
  }

  function attach(svg, rows, say, chart) {
    const [left, top, right, bottom] = numbers(svg.dataset.plot);
    const [x0, x1] = numbers(svg.dataset.x);
    const y = svg.dataset.y && numbers(svg.dataset.y);
    const width = +svg.getAttribute("width");
    const cursor = document.createElementNS(SVG, "line");
    cursor.setAttribute("stroke", "var(--chart-soft)");
    cursor.setAttribute("stroke-width", "10");
    cursor.setAttribute("visibility", "hidden");
    svg.append(cursor);
    svg.tabIndex = 0;
    let current = Infinity;
    const across = (row) => left + (row.at[0] - x0) / (x1 - x0) * (right - left);
    const upward = (row) => y && row.at.length > 1 ? bottom - (row.at[1] - y[0]) / (y[1] - y[0]) * (bottom - top) : top;
    const show = (i) => {
      current = Math.max(0, Math.min(rows().length - 1, i));
      const row = rows()[current], x = 10 * across(row);
      for (const [name, value] of [["x1", x], ["x2", x], ["y1", 10 * top], ["y2", 10 * bottom], ["visibility", "visible"]]) cursor.setAttribute(name, value);
      say(row);
    };
    const place = (event) => {
      const box = svg.getBoundingClientRect(), scale = width / box.width;
      return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
    };
    const nearest = ([px, py]) => {
      let best = 0, least = Infinity;
      rows().forEach((row, i) => {
        const far = Math.hypot(across(row) - px, y ? upward(row) - py : 0);
        if (far < least) [best, least] = [i, far];
      });
      return best;
    };
    svg.addEventListener("pointermove", (event) => show(nearest(place(event))));
    svg.addEventListener("pointerleave", () => cursor.setAttribute("visibility", "hidden"));
    svg.addEventListener("focus", () => show(current));
    svg.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 7, PageUp: -7 }[event.key];
      if (step) show(current + step);
      else if (event.key === "Home") show(0);
      else if (event.key === "End") show(Infinity);
      else return;
      event.preventDefault();
    });
    if (svg.dataset.zero && box && /fitness/.test(chart.id)) drag(svg, place, (px) => x0 + (px - left) / (right - left) * (x1 - x0), () => rows()[Math.min(current, rows().length - 1)].at[0]);
  }

  // A time dragged over the fitness chart, or put between [ and ], becomes a filter of the runs; totals and balance follow.
  function drag(svg, place, dayAt, cursorDay) {
    const zero = new Date(svg.dataset.zero + "T00:00:00Z");
    const day = (n) => new Date(zero.getTime() + 86400000 * Math.round(n)).toISOString().slice(0, 10);
    const choose = (a, b) => setFilter("from:" + day(Math.min(a, b)) + " to:" + day(Math.max(a, b)));
    let from = null, begin = null;
    svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") from = place(event)[0]; });
    svg.addEventListener("pointerup", (event) => {
      if (from === null) return;
      const [a, b] = [from, place(event)[0]];
      from = null;
      if (Math.abs(b - a) > 8) choose(dayAt(a), dayAt(b));
    });
    svg.addEventListener("keydown", (event) => {
      if (event.key === "[") begin = cursorDay();
      else if (event.key === "]" && begin !== null) choose(begin, cursorDay());
      else if (event.key === "Escape") setFilter("");
    });
    bands.push((from, to) => {
      const at = (date) => (new Date(date + "T00:00:00Z") - zero) / 86400000;
      return [at(from), at(to)];
    }, svg);
  }
  // The chosen time, shaded on the charts it was chosen on.
  function shade() {
    const chosen = /^from:(\d{4}-\d\d-\d\d) to:(\d{4}-\d\d-\d\d)$/.exec(box.value);
    for (let i = 0; i < bands.length; i += 2) {
      const svg = bands[i + 1];
      for (const old of $$("rect.band", svg)) old.remove();
      if (!chosen) continue;
      const [left, top, right, bottom] = numbers(svg.dataset.plot), [x0, x1] = numbers(svg.dataset.x);
      const across = (day) => Math.max(left, Math.min(right, left + (day - x0) / (x1 - x0) * (right - left)));
      const [a, b] = bands[i](chosen[1], chosen[2]).map(across);
      const band = document.createElementNS(SVG, "rect");
      for (const [name, value] of [["class", "band"], ["x", 10 * a], ["y", 10 * top], ["width", 10 * (b - a)], ["height", 10 * (bottom - top)]]) band.setAttribute(name, value);
      svg.append(band);
    }
  }

  // Save a chart, or its values.
  function saving(chart, values) {
    const name = (chart.id || chart.parentNode.id).replace("chart-", "");
    const give = (blob, ending) => {
      const address = URL.createObjectURL(blob);
      make("a", { href: address, download: name + "." + ending }).click();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    };
    const svgText = () => {
      const style = getComputedStyle(root);
      const svg = $$("svg[viewBox]", chart).find((e) => e.getBoundingClientRect().width > 0).cloneNode(true);
      for (const cursor of $$("line[visibility], rect.band, " + (inMiles ? ".in-km" : ".in-mi"), svg)) cursor.remove();
      for (const ticks of $$(".in-mi", svg)) ticks.removeAttribute("display");
      return new XMLSerializer().serializeToString(svg).replaceAll(/var\((--[\w-]+)\)/g, (_, variable) => style.getPropertyValue(variable).trim());
    };
    const button = (text, action) => {
      const made = make("button", { type: "button", textContent: text });
      made.addEventListener("click", action);
      return made;
    };
    const asPng = () => {
      const image = new Image();
      image.onload = () => {
        const canvas = make("canvas", { width: 2 * image.width, height: 2 * image.height });
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => give(blob, "png"));
      };
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText());
    };
    const plain = (text) => text.replaceAll("\u00a0", " ");
    const quoted = (text) => /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
    const asCsv = () => [values().columns, ...values().rows.map((row) => row.cells)].map((cells) => cells.map(plain).map(quoted).join(",")).join("\n") + "\n";
    return make("div", { className: "save" },
      button("SVG", () => give(new Blob([svgText()], { type: "image/svg+xml" }), "svg")),
      button("PNG", asPng),
      button("CSV", () => give(new Blob([asCsv()], { type: "text/csv" }), "csv")));
  }

  // Keys.
  const keys = $("#keys");
  $("#help").addEventListener("click", () => keys.showModal());
  let here = -1;
  const go = (step) => {
    collectAll();
    const shown = visible();
    if (!shown.length) return;
    for (const run of runs) run.classList.remove("here");
    here = Math.max(0, Math.min(shown.length - 1, here + step));
    const run = shown[here];
    for (let e = run.parentElement; e; e = e.parentElement) if (e.matches("details")) open(e);
    run.classList.add("here");
    const summary = $("summary", run);
    if (summary) summary.focus({ preventScroll: true });
    run.scrollIntoView({ block: "nearest" });
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    const action = {
      "?": () => keys.showModal(), "/": () => box && box.focus(), j: () => go(1), k: () => go(-1), t: toggleTheme, u: toggleUnits,
    }[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  // Print with the evidence of the runs that a filter chose.
  let opened = [];
  addEventListener("beforeprint", () => {
    if (!isFiltered()) return;
    opened = visible().map((run) => $("details.card", run)).filter((card) => card && !card.open);
    for (const card of opened) open(card);
  });
  addEventListener("afterprint", () => { for (const card of opened) card.open = false; opened = []; });

  for (const chart of $$("figure.chart")) equip(chart);
  if (recall("units") === "mi") setUnits(true);
  follow();
  if (box && !box.value && !location.hash && recall("filter")) setFilter(recall("filter"), false);
})();
