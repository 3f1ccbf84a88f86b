"""The outline is a file of its own, and the strict policy lets the page use it."""

import pytest

from centres.norway_map import SOURCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not SOURCE.is_file(), reason="world-atlas is not there"),
]


def test_map_of_norway_is_drawn_beside_the_list(browser, live_server, country):
    page = browser.new_page(viewport={"width": 1280, "height": 900})

    page.goto(f"{live_server.url}/sentre/")

    map_box = page.locator(".link-map > svg").bounding_box()
    land_box = page.locator(".link-map__land").bounding_box()
    list_box = page.locator(".link-cards").first.bounding_box()
    assert land_box["height"] > 0.9 * map_box["height"]
    assert map_box["x"] > list_box["x"] + list_box["width"]
    page.close()


def test_every_mark_lies_on_land(browser, live_server, country):
    page = browser.new_page(viewport={"width": 1280, "height": 900})

    page.goto(f"{live_server.url}/sentre/")

    assert page.evaluate(MARKS_AT_SEA) == []
    page.close()


# Coasts are simplified by about 2 km, so a harbour may lie that far out.
MARKS_AT_SEA = """
async () => {
  const use = document.querySelector(".link-map__land");
  const text = await (await fetch(use.getAttribute("href").split("#")[0])).text();
  const land = new DOMParser().parseFromString(text, "image/svg+xml").getElementById("land");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", land.getAttribute("d"));
  path.setAttribute("stroke-width", "12");
  use.parentNode.appendChild(path);
  return [...document.querySelectorAll(".link-map > svg circle, .link-map > svg rect")]
    .map((mark) => {
      const box = mark.getBBox();
      const at = mark.transform.baseVal.consolidate()?.matrix ?? { e: 0, f: 0 };
      return new DOMPoint(box.x + box.width / 2 + at.e, box.y + box.height / 2 + at.f);
    })
    .filter((dot) => !path.isPointInFill(dot) && !path.isPointInStroke(dot))
    .map((dot) => `${dot.x} ${dot.y}`);
}
"""
