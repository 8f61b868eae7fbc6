"""What leaves the product as a picture or a file: charts, workbooks, flat tables. Every figure comes from a report."""

from app.exports.chart import (
    Chart,
    ChartWords,
    Level,
    Outline,
    domains_chart,
    own_chart,
    spread_chart,
    standards_chart,
)
from app.exports.checksum import verify_checksum
from app.exports.dot_plot import dot_plot_svg
from app.exports.figure import radar_figure, spread_figure
from app.exports.flat_table import report_csv
from app.exports.network_book import network_workbook
from app.exports.personal_book import PersonalWords, personal_workbook
from app.exports.provider_book import provider_workbook
from app.exports.qr import qr_svg
from app.exports.radar import radar_svg
from app.exports.series import AUDIENCE_LOOKS, Look, audience_label

__all__ = [
    "AUDIENCE_LOOKS",
    "Chart",
    "ChartWords",
    "Level",
    "Look",
    "Outline",
    "PersonalWords",
    "audience_label",
    "domains_chart",
    "dot_plot_svg",
    "network_workbook",
    "own_chart",
    "personal_workbook",
    "provider_workbook",
    "qr_svg",
    "radar_figure",
    "radar_svg",
    "report_csv",
    "spread_chart",
    "spread_figure",
    "standards_chart",
    "verify_checksum",
]
