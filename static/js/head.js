// The menus in the head close with Escape and when one presses elsewhere. Without this script they
// close with their own button.
"use strict";

const menus = document.querySelectorAll(".head-menu");

function close(menu) {
  if (!menu.open) return;
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu.open = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") menus.forEach(close);
});

document.addEventListener("click", (event) => {
  for (const menu of menus) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
