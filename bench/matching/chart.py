"""A bar chart as SVG, readable on light and dark paper."""

from dataclasses import dataclass
from html import escape

LEFT, RIGHT, TOP = 230, 60, 64  # pixels around the bars
BAR, GAP = 9, 12
WIDTH = 760
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1e2b3c }
  .grid { stroke: #c9d1da } .s0 { fill: #9a6b00 } .s1 { fill: #2f6fb5 } .s2 { fill: #0b6e4f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8edf3 } .grid { stroke: #4a5666 }
    .s0 { fill: #e0b040 } .s1 { fill: #7db4f0 } .s2 { fill: #5fd0a5 }
  }
"""


@dataclass(frozen=True)
class Bar:
    """A row of bars: its name and a share of one for each series."""

    name: str
    shares: list[float]


def bars(title: str, series: tuple[str, ...], rows: list[Bar]) -> str:
    """The chart, as the text of an SVG file."""
    row_height = len(series) * BAR + GAP
    height = TOP + len(rows) * row_height + 30
    plot = WIDTH - LEFT - RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text x="8" y="20" font-weight="bold">{escape(title)}</text>',
    ]
    for number, name in enumerate(series):
        x = LEFT + number * 110
        parts.append(f'<rect class="s{number}" x="{x}" y="32" width="12" height="12"/>')
        parts.append(f'<text x="{x + 18}" y="43">{escape(name)}</text>')
    bottom = height - 26
    for tenth in range(0, 11, 2):
        x = LEFT + plot * tenth / 10
        parts.append(f'<line class="grid" x1="{x:g}" x2="{x:g}" y1="{TOP - 8}" y2="{bottom}"/>')
        parts.append(
            f'<text x="{x:g}" y="{bottom + 16}" text-anchor="middle">{tenth * 10} %</text>'
        )
    for number, row in enumerate(rows):
        y = TOP + number * row_height
        middle = y + len(series) * BAR / 2 + 5
        parts.append(
            f'<text x="{LEFT - 8}" y="{middle:g}" text-anchor="end">{escape(row.name)}</text>'
        )
        for place, share in enumerate(row.shares):
            parts.append(
                f'<rect class="s{place}" x="{LEFT}" y="{y + place * BAR}"'
                f' width="{plot * share:.1f}" height="{BAR - 1}"/>'
            )
        parts.append(
            f'<text x="{LEFT + plot * row.shares[-1] + 6:.1f}" y="{middle + BAR:g}">'
            f"{row.shares[-1]:.3f}</text>"
        )
    return "\n".join([*parts, "</svg>", ""])
