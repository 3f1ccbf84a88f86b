// The workbench without loading the page anew: what is pressed inside it is sent as it would be
// without this script, and the answer takes the place of the bench. The address follows, so that
// "back" and "load again" work; the focus stays where the work is, and what happened is said.
"use strict";

const bench = document.querySelector("[data-bench]");
const said = document.getElementById("bench-said");
let under_way = false;

// Which of the buttons of its kind has the focus, so that the next one can have it afterwards.
function place_of(button) {
  const move = button?.dataset.move;
  if (!move) return null;
  const all = [...bench.querySelectorAll(`[data-move="${move}"]`)];
  return { move, number: all.indexOf(button) };
}

function focus_on(place) {
  const all = place ? [...bench.querySelectorAll(`[data-move="${place.move}"]`)] : [];
  const target = all[Math.min(place?.number ?? 0, all.length - 1)];
  (target ?? document.getElementById("bench-group")).focus({ preventScroll: Boolean(target) });
}

function say() {
  const told = bench.querySelector("[data-bench-said]")?.innerText.trim();
  const stands = bench.querySelector("[data-bench-stands] li")?.innerText;
  said.textContent = [told, stands].filter(Boolean).join(" ");
}

async function show(address, options, place, { remember = true } = {}) {
  if (under_way) return;
  under_way = true;
  bench.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { ...options, headers: { "X-Part": "bench" } });
    if (!answer.ok || answer.headers.get("X-Part") !== "bench") {
      location.assign(answer.url);
      return;
    }
    bench.innerHTML = await answer.text();
    const has_address = answer.redirected || options.method !== "post";
    if (remember && has_address) history.pushState({}, "", answer.url);
    focus_on(place);
    say();
  } finally {
    under_way = false;
    bench.removeAttribute("aria-busy");
  }
}

bench.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("part" in form.dataset)) return;
  event.preventDefault();
  const place = place_of(event.submitter);
  const filled_in = new FormData(form, event.submitter);
  if (form.method === "post") {
    show(form.action, { method: "post", body: filled_in }, place);
  } else {
    show(`?${new URLSearchParams(filled_in)}`, {}, place);
  }
});

bench.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-part]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  show(link.href, {}, null);
});

window.addEventListener("popstate", () => {
  show(location.href, {}, null, { remember: false });
});
