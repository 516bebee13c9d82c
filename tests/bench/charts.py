"""Pictures of what the benchmarks found: legible in grey, safe for colour-blind readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

OURS = "Tessera"
STYLES = {
    OURS: ("#D55E00", "o", "-"),
    "aiohttp (floor)": ("#000000", "s", ":"),
    "LangChain abatch": ("#0072B2", "^", "-"),
    "LiteLLM acompletion": ("#009E73", "D", "-"),
    "LiteLLM Router": ("#009E73", "v", "--"),
    "pydantic-ai direct": ("#CC79A7", "P", "-"),
    "pydantic-ai Agent": ("#CC79A7", "X", "--"),
    "any-llm": ("#56B4E9", "*", "-"),
}
"""Colour (Okabe and Ito), marker and line of each peer; of two of one family the second is dashed."""


def fan_out_chart(report: dict[str, Any], path: Path) -> None:
    """Draw the report of `tests.bench.fanout`: time added by N above, cost of the client below."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    peers = [peer for peer in STYLES if peer in report["cold_start_seconds"]]
    kinds = list(dict.fromkeys(line["kind"] for line in report["medians"]))
    columns = max(3, len(kinds))
    with mpl.rc_context({"font.size": 10, "axes.spines.top": False, "axes.spines.right": False}):
        figure, axes = plt.subplots(2, columns, figsize=(4.6 * columns, 8.6), layout="constrained")
        for column, kind in enumerate(kinds):
            _lines(axes[0][column], [line for line in report["medians"] if line["kind"] == kind], peers, kind)
        for spare in axes[0][len(kinds) :]:
            spare.axis("off")
        at_50 = {
            x["peer"]: x["cpu_ms_per_call"] for x in report["medians"] if (x["kind"], x["calls"]) == ("200 ms", 50)
        }
        _bars(axes[1][0], at_50, peers, "CPU of the client, ms a call (200 ms, N = 50)", "{:.2f}", names=True)
        _bars(axes[1][1], report["rss_mb"], peers, "Peak memory of the client, MB", "{:.0f}")
        _bars(axes[1][2], report["cold_start_seconds"], peers, "Process start to first answer, s", "{:.1f}")
        handles, labels = axes[0][0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=4, frameon=False)
        figure.suptitle(
            "N calls at once to three providers: what the client adds to the slowest call\n"
            f"medians of {report['repeats']} interleaved repeats, {report['machine']}, {report['date']}",
            fontsize=12,
        )
        figure.savefig(path, dpi=130)
        plt.close(figure)


def _lines(axis: Any, lines: list[dict[str, Any]], peers: list[str], kind: str) -> None:
    """Draw the added milliseconds over N, both on logarithmic scales."""
    counts = sorted({line["calls"] for line in lines})
    for peer in peers:
        colour, marker, dash = STYLES[peer]
        own = sorted((line["calls"], max(line["added_ms"], 0.5)) for line in lines if line["peer"] == peer)
        ours = peer == OURS
        axis.plot(
            *zip(*own, strict=True) if own else ([], []),
            label=peer,
            color=colour,
            marker=marker,
            linestyle=dash,
            linewidth=3 if ours else 1.4,
            markersize=8 if ours else 6,
            zorder=3 if ours else 2,
        )
    axis.set(
        xscale="log",
        yscale="log",
        title=f"Calls of {kind}" if kind != "heavy tail" else "Heavy tail (p50 0.5 s, p99 5 s)",
    )
    axis.set_xticks(counts, [str(count) for count in counts])
    axis.minorticks_off()
    axis.set_xlabel("N")
    axis.set_ylabel("ms added to the slowest call")
    axis.set_yticks([1, 3, 10, 30, 100, 300, 1000], ["1", "3", "10", "30", "100", "300", "1,000"])
    axis.grid(axis="y", color="#dddddd")


def _bars(axis: Any, values: dict[str, float], peers: list[str], title: str, form: str, *, names: bool = False) -> None:
    """Draw one bar for each peer, ours in its colour, with its figure."""
    known = [peer for peer in peers if peer in values]
    bars = axis.barh(known, [values[p] for p in known], color=[STYLES[p][0] if p == OURS else "#b8c4cc" for p in known])
    axis.bar_label(bars, [form.format(values[peer]) for peer in known], padding=3)
    axis.invert_yaxis()
    axis.tick_params(axis="y", length=0, labelleft=names)
    axis.set_title(title)
    axis.margins(x=0.14)
    axis.set_xticks([])
    axis.spines["bottom"].set_visible(False)
