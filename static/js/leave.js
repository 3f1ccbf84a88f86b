// Leaving quickly: the neutral page takes this page's place in the history, and is told nothing of
// where the person came from. Without this script the links work as links. Shift pressed three
// times within two seconds does the same.
"use strict";

const links = document.querySelectorAll("a[data-leave]");
let presses = [];

function leave() {
  document.body.hidden = true;
  const silence = document.createElement("meta");
  silence.name = "referrer";
  silence.content = "no-referrer";
  document.head.append(silence);
  location.replace(links[0].href);
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

document.addEventListener("keyup", (event) => {
  const soon = presses.filter((moment) => event.timeStamp - moment < 2000);
  presses = event.key === "Shift" ? [...soon, event.timeStamp] : [];
  if (presses.length === 3 && links.length) leave();
});

for (const hint of document.querySelectorAll("[data-leave-hint]")) hint.hidden = false;
