"""Where participants and statements lie: two principal axes of the mean-imputed votes.

A missing vote counts as the statement's mean, so after centring it is exactly zero and the whole
matrix stays sparse: R with R_ij = vote_ij - mean_j where i voted on j. The axes are the two leading
eigenvectors of R'R. (Small et al. 2021, with the sparsity correction of Polis.)
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import eigh
from scipy.sparse.linalg import LinearOperator, eigsh

from brygga.engines.opinion.votes import Floats, Ints, Mask, VoteMatrix

SMALL = 32  # statements up to which the full R'R is decomposed; above, Lanczos is faster
NOISE = 1e-12  # an axis with less than this share of the variance is none
EQUAL = 1e-9  # axes are equally strong if they differ by less than this share of the strongest
DIGITS = 9  # of a loading that count when the nearest statement is looked for


@dataclass(frozen=True, eq=False)
class Projection:
    """means (S,) of the votes cast, unit axes (S, 2), share of variance along them (2,).

    participants (P, 2) and statements (S, 2) are positions in the same plane, origin at the mean.
    """

    means: Floats
    axes: Floats
    variance: Floats
    participants: Floats
    statements: Floats


def project(matrix: VoteMatrix, zeroed: Mask) -> Projection:
    """Place everybody in the plane; a zeroed column (S,) counts as a pass that everybody gave.

    x_i = sqrt(S / n_i) * sum_j (vote_ij - mean_j) axis_j, where n_i is the number of statements
    that i voted on and S the number that anybody voted on. A statement lies where a participant
    would who agreed with it and voted on nothing else.
    """
    width = int(matrix.voted.sum())
    cast = matrix.totals.sum(axis=1)
    balance = matrix.totals[:, 0] - matrix.totals[:, 1]
    open_ = matrix.voted & ~zeroed
    means = np.where(open_, balance / np.maximum(1, cast), 0.0)
    residual = _residual(matrix, means, open_)
    axes, variance = _principal_axes(residual)
    scale = np.sqrt(width / np.maximum(1, _seen(matrix, open_)))
    participants = (residual @ axes) * scale[:, None]
    statements = np.sqrt(width) * (1 - means)[:, None] * axes
    return Projection(means, axes, variance, participants, statements)


def _residual(matrix: VoteMatrix, means: Floats, open_: Mask) -> sparse.csr_array:
    data = np.where(open_[matrix.columns], matrix.values - means[matrix.columns], 0.0)
    starts = np.concatenate(([0], np.cumsum(matrix.votes_per_participant)))
    return sparse.csr_array((data, matrix.columns, starts), shape=matrix.shape)


def _seen(matrix: VoteMatrix, open_: Mask) -> Ints:
    """Count per participant (P,) the statements seen; what is zeroed has been seen by all."""
    cast_on_open = matrix.rows[open_[matrix.columns]]
    own: Ints = np.bincount(cast_on_open, minlength=matrix.shape[0])
    return own + np.count_nonzero(matrix.voted & ~open_)


def _principal_axes(residual: sparse.csr_array) -> tuple[Floats, Floats]:
    """Return two unit axes (S, 2) and their shares of the variance; an axis of none is zero."""
    width = residual.shape[1]
    total = float(np.square(residual.data).sum())
    if total == 0:
        return np.zeros((width, 2)), np.zeros(2)
    values, vectors = _leading(residual) if width > SMALL else _leading_of_full(residual)
    strength = np.append(values, 0)[:2] / total
    real = strength > NOISE
    return np.where(real, _settled(values, vectors), 0.0), np.where(real, strength, 0.0)


def _leading_of_full(residual: sparse.csr_array) -> tuple[Floats, Floats]:
    dense = residual.toarray()
    values, vectors = eigh(dense.T @ dense)
    return values[::-1], vectors[:, ::-1]


def _leading(residual: sparse.csr_array) -> tuple[Floats, Floats]:
    """Lanczos on v -> R'(R v), from a fixed start and to machine precision."""
    width = residual.shape[1]
    transposed = residual.T.tocsr()
    operator = LinearOperator((width, width), lambda v: transposed @ (residual @ v), dtype=float)
    start = 1 + np.arange(width) / width
    fixed = np.random.default_rng(0)  # only asked if the start lies in an invariant subspace
    values, vectors = eigsh(operator, k=2, v0=start, tol=0, rng=fixed)
    return values[::-1], vectors[:, ::-1]


def _settled(values: Floats, vectors: Floats) -> Floats:
    """Choose the first two axes (S, 2) so that neither sign nor equal strength leaves a choice.

    The largest loading of an axis in absolute value is positive. Among equally strong axes any
    direction would do: the one nearest to a statement is taken, to the lowest id where several are.
    """
    axes = np.zeros((len(vectors), 2))
    for place in range(min(2, len(values))):
        alike = np.abs(values - values[place]) <= EQUAL * values[0]
        space = vectors[:, alike]
        taken = axes[:, [earlier for earlier in range(place) if alike[earlier]]]
        room = np.square(space).sum(axis=1) - np.square(taken).sum(axis=1)
        nearest = np.argmax(room.round(DIGITS))
        axis = space @ space[nearest] - taken @ taken[nearest]
        axes[:, place] = axis / np.sqrt(np.square(axis).sum())
    return axes
