"""Has a Chinese file name, default parameters, CRLF-free Chinese names inside."""

from urllib.parse import urlsplit

默认端口 = {'http': 80, 'ftp': 21}


def url(地址, *其他, 默认=默认端口):
    """拆分 URL。"""
    部分 = urlsplit(地址)
    端口 = 默认[部分.scheme] if 部分.port is None else 部分.port
    return 部分.scheme, 部分.username, 部分.password, 部分.hostname, 端口, 部分.path, 部分.query
