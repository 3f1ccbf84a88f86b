// Says a while before somebody is logged out, and offers to stay. Without this script the same
// happens unsaid: what was filled in is kept either way. Asking how long is left counts as nothing
// done, so a page that is left open does not keep anybody logged in.
"use strict";

const place = document.querySelector("[data-session]");

if (place) {
  const address = place.dataset.session;
  const soon = place.querySelector(".session-soon");
  const last = place.querySelector(".session-last");
  const over = place.querySelector(".session-over");
  const early = 300; // seconds before the end

  function show(which) {
    for (const each of [soon, last, over]) each.hidden = each !== which;
  }

  function wait(seconds) {
    setTimeout(look, Math.max(1, seconds) * 1000);
  }

  function tell(session) {
    if (session.left > early) {
      show(null);
      wait(session.left - early);
    } else {
      show(session.longer ? soon : last);
      wait(Math.min(30, session.left + 1));
    }
  }

  async function ask(options) {
    const response = await fetch(address, { ...options, redirect: "error" });
    if (response.status === 401) show(over);
    else if (response.ok) tell(await response.json());
    else throw new Error(response.status);
  }

  function look() {
    ask({}).catch(() => wait(60));
  }

  soon.addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ method: "POST", body: new FormData(soon) }).catch(() => soon.submit());
  });

  tell({ left: Number(place.dataset.left), longer: "longer" in place.dataset });
}
