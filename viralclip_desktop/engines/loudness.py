"""What the ear makes of power (ITU-R BS.1770-4): the K weighting, and the gates of integrated loudness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Powers = NDArray[np.float64]

_OFFSET_DB: Final = -0.691
_SILENT_LUFS, _GATE_LU = -70.0, -10.0
_RATE_HZ: Final = 48_000  # of these coefficients (tables 1 and 2)
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_LOW_CUT = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def k_weights(hz: NDArray[Any]) -> Powers:
    """How much of the power at frequencies counts: a high shelf and a low cut."""
    import numpy as np

    z = np.exp(-2j * np.pi * hz / _RATE_HZ)
    response = np.ones_like(z)
    for over, under in (_SHELF, _LOW_CUT):
        response = response * np.polyval(over[::-1], z) / np.polyval(under[::-1], z)
    return np.asarray(np.abs(response) ** 2)


def lufs(power: Any) -> Any:
    """Weighted mean power (of one, or of many) as loudness."""
    import numpy as np

    return _OFFSET_DB + 10 * np.log10(np.maximum(power, 1e-12))


def integrated_lufs(powers: Powers) -> float | None:
    """The loudness of a whole by the weighted mean powers of its blocks of 400 ms; None for silence."""
    heard = powers[lufs(powers) > _SILENT_LUFS]
    if not len(heard):
        return None
    loud = heard[lufs(heard) > float(lufs(heard.mean())) + _GATE_LU]
    return float(lufs(loud.mean()))
