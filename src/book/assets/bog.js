// What a page does beyond being read: the list beside it opens where there is room, a place inside something folded is
// unfolded, and paper shows everything.
"use strict";

(() => {
  const contents = document.querySelector(".contents details");
  const roomy = window.matchMedia("(min-width: 68rem)");
  const fit = () => {
    if (contents) {
      contents.open = roomy.matches;
    }
  };
  fit();
  roomy.addEventListener("change", fit);

  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    for (let at = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) {
        at.open = true;
      }
    }
  };
  unfold();
  window.addEventListener("hashchange", unfold);

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((one) => { one.open = false; });
    folded = [];
  });
})();
