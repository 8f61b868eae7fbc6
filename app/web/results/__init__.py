"""Results as pages show them: the report's figures with their words, charts and tables, for every template alike."""

from app.web.results.downloads import download, file_name
from app.web.results.network import NetworkResult, network_result
from app.web.results.provider import ProviderResult, provider_result

__all__ = ["NetworkResult", "ProviderResult", "download", "file_name", "network_result", "provider_result"]
