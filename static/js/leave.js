// Leaving quickly: put the neutral page in this page's place in the history. Without this script
// the links work as links. Shift pressed three times in a row does the same.
"use strict";

const links = document.querySelectorAll("a[data-leave]");
const leave = () => location.replace(links[0].href);
let presses = 0;

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
}

document.addEventListener("keyup", (event) => {
  presses = event.key === "Shift" ? presses + 1 : 0;
  if (presses === 3 && links.length) leave();
});
