"""Turn British National Grid eastings and northings into latitude and longitude (WGS84).

Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C: the inverse projection on
the Airy 1830 ellipsoid, then a seven-parameter shift, good to about five metres. Some publishers give only
the grid.
"""

from math import atan2, cos, degrees, hypot, pi, radians, sin, sqrt, tan

_A, _B = 6377563.396, 6356256.909
_WGS_A, _WGS_B = 6378137.0, 6356752.314245
_F0 = 0.9996012717
_LAT0, _LON0 = radians(49), radians(-2)
_E0, _N0 = 400_000.0, -100_000.0
_E2 = 1 - (_B / _A) ** 2
_N = (_A - _B) / (_A + _B)
_SHIFT = (446.448, -125.157, 542.060)
_SCALE = 1 - 20.4894e-6
_TURN = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))


def latitude_longitude(easting: float, northing: float) -> tuple[float, float]:
    """Return WGS84 latitude and longitude in degrees of a grid reference in metres."""
    return _to_wgs84(*_unproject(easting, northing))


def _arc(latitude: float) -> float:
    """Return the developed arc of the meridian from the true origin."""
    n, low, high = _N, latitude - _LAT0, latitude + _LAT0
    return (
        _B
        * _F0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * low
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(low) * cos(high)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * low) * cos(2 * high)
            - 35 / 24 * n**3 * sin(3 * low) * cos(3 * high)
        )
    )


def _unproject(easting: float, northing: float) -> tuple[float, float]:
    latitude = _LAT0
    while abs(left := northing - _N0 - _arc(latitude)) >= 1e-5:
        latitude += left / (_A * _F0)
    slope, sec = tan(latitude), 1 / cos(latitude)
    curve = 1 - _E2 * sin(latitude) ** 2
    nu, rho = _A * _F0 / sqrt(curve), _A * _F0 * (1 - _E2) / curve**1.5
    eta2, t2, d = nu / rho - 1, slope**2, easting - _E0
    vii = slope / (2 * rho * nu)
    viii = slope / (24 * rho * nu**3) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
    ix = slope / (720 * rho * nu**5) * (61 + 90 * t2 + 45 * t2**2)
    x = sec / nu
    xi = sec / (6 * nu**3) * (nu / rho + 2 * t2)
    xii = sec / (120 * nu**5) * (5 + 28 * t2 + 24 * t2**2)
    return latitude - vii * d**2 + viii * d**4 - ix * d**6, _LON0 + x * d - xi * d**3 + xii * d**5


def _to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    nu = _A / sqrt(1 - _E2 * sin(latitude) ** 2)
    x, y, z = (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        (1 - _E2) * nu * sin(latitude),
    )
    (tx, ty, tz), (rx, ry, rz) = _SHIFT, _TURN
    x2 = tx + _SCALE * x - rz * y + ry * z
    y2 = ty + rz * x + _SCALE * y - rx * z
    z2 = tz - ry * x + rx * y + _SCALE * z
    e2, p = 1 - (_WGS_B / _WGS_A) ** 2, hypot(x2, y2)
    found, before = atan2(z2, p * (1 - e2)), 2 * pi
    while abs(found - before) > 1e-12:
        nu = _WGS_A / sqrt(1 - e2 * sin(found) ** 2)
        found, before = atan2(z2 + e2 * nu * sin(found), p), found
    return degrees(found), degrees(atan2(y2, x2))
