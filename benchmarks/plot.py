"""A bar chart of what a benchmark found, as SVG."""

from __future__ import annotations

from pathlib import Path


def bars(path: Path, title: str, values: dict[str, float]) -> None:
    """Draw a bar for each value, the longest first, on a logarithmic scale.

    Raises:
        SystemExit: pygal is not installed.
    """
    try:
        import pygal  # noqa: PLC0415 - only drawing needs it
    except ImportError:
        raise SystemExit("to draw, install pygal: pip install --group bench") from None
    chart = pygal.HorizontalBar(
        title=title,
        logarithmic=True,
        show_legend=False,
        print_values=True,
        js=[],  # it would be loaded from elsewhere
    )
    names = sorted(values, key=lambda name: values[name])
    chart.x_labels = names
    chart.add("", [round(values[name], 3) for name in names])
    chart.render_to_file(str(path))
