// The search: every word must be found, whole, as a beginning, or inside a longer word. æ, ø and å are found by ae, oe
// and aa, and by a, o and a where a keyboard has no others. Results are made of text, never of markup.
"use strict";

(() => {
  const MOST = 60;
  const SNIPPET = 160;
  const ENDINGS = ["ernes", "erne", "ens", "ets", "ers", "er", "en", "et", "e", "s"];

  const bare = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const fold = (words) => bare(
    words.toLowerCase().normalize("NFC").replace(/æ/g, "ae").replace(/ø/g, "oe").replace(/å/g, "aa"));
  const loose = (folded) => folded.replace(/aa/g, "a").replace(/oe/g, "o").replace(/ae/g, "a");
  const split = (folded) => folded.split(/[^a-z0-9]+/).filter((word) => word);

  const entries = (window.hjemmelIndex || []).map(([sort, title, href, words, rank]) => {
    const strict = [split(fold(title)), split(fold(words))];
    return { sort, title, href, words, rank, strict, loose: strict.map((list) => list.map(loose)) };
  });

  // a short word or a number must stand as it is: "b" is not looked for inside words
  const inWords = (list, word) => {
    let best = 0;
    for (const other of list) {
      if (other === word) {
        return 4;
      }
      if (word.length > 1 && other.startsWith(word)) {
        best = Math.max(best, 3);
      } else if (word.length > 2 && !/^\d/.test(word) && other.includes(word)) {
        best = Math.max(best, 2);
      }
    }
    return best;
  };

  const stem = (word) => {
    const ending = ENDINGS.find((one) => word.endsWith(one) && word.length - one.length > 3);
    return ending ? word.slice(0, -ending.length) : word;
  };

  const weigh = (entry, word) => {
    const tries = [[entry.strict, word, 3], [entry.loose, loose(word), 2], [entry.strict, stem(word), 1]];
    for (const [[title, words], wanted, weight] of tries) {
      const found = Math.max(inWords(title, wanted) * 3, inWords(words, wanted));
      if (found > 0) {
        return found * weight;
      }
    }
    return 0;
  };

  const search = (query) => {
    const wanted = split(fold(query));
    const found = [];
    if (wanted.length === 0) {
      return found;
    }
    entries.forEach((entry, place) => {
      const weights = wanted.map((word) => weigh(entry, word));
      if (weights.every((weight) => weight > 0)) {
        found.push({ entry, place, weight: entry.rank + weights.reduce((sum, weight) => sum + weight, 0) });
      }
    });
    return found.sort((one, other) => other.weight - one.weight || one.place - other.place);
  };

  // the words around the first thing that was found
  const around = (words, wanted) => {
    const parts = words.split(/\s+/);
    const at = parts.findIndex((part) => wanted.some((word) => fold(part).includes(word)));
    let from = Math.max(0, at - 6);
    let text = from > 0 ? "… " : "";
    while (from < parts.length && text.length < SNIPPET) {
      text += parts[from] + " ";
      from += 1;
    }
    return text.trim() + (from < parts.length ? " …" : "");
  };

  const marked = (target, text, wanted) => {
    text.split(/(\s+)/).forEach((part) => {
      const hit = part.trim() && wanted.some((word) => fold(part).includes(word) || loose(fold(part)).includes(loose(word)));
      if (hit) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        target.append(mark);
      } else {
        target.append(part);
      }
    });
  };

  const input = document.getElementById("q");
  const list = document.getElementById("resultater");
  const status = document.getElementById("status");
  const danish = document.documentElement.lang !== "da";

  const show = () => {
    const wanted = split(fold(input.value)).filter((word) => word.length > 1);
    const found = search(input.value);
    const shown = found.slice(0, MOST);
    list.replaceChildren(...shown.map(({ entry }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = entry.href;
      marked(link, entry.title, wanted);
      const sort = document.createElement("span");
      sort.className = "sort";
      sort.textContent = " " + entry.sort;
      item.append(link, sort);
      if (entry.words) {
        const words = document.createElement("p");
        marked(words, around(entry.words, wanted), wanted);
        item.append(words);
      }
      if (danish) {
        link.lang = "da";
      }
      return item;
    }));
    const { none, one, many, first } = status.dataset;
    const told = { 0: none, 1: one }[found.length] || (found.length > MOST ? first : many);
    status.textContent = input.value.trim() === "" ? ""
      : told.replace("{count}", found.length).replace("{shown}", MOST);
  };

  // up and down lead through what was found
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") {
      return;
    }
    const stops = [input, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (at >= 0 && next) {
      event.preventDefault();
      next.focus();
    }
  });

  input.value = new URLSearchParams(window.location.search).get("q") || input.value;
  input.addEventListener("input", show);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  input.focus();
  show();
})();
