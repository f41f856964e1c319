// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "linchpin/core/dense.h"
#include "linchpin/core/error.h"

namespace linchpin::disrupt {

/// A square input-output system x = A x + f in which supply and demand are capped at once.
struct StaticSystem {
  DenseMatrix coefficients;  ///< A, row = seller, column = buyer
  DenseVector most_final;    ///< f_max [unit per year]
  DenseVector most_output;   ///< x_max [unit per year]; +infinity: no cap
};

/// An allocation of output, and how many rounds it took (0: a linear programme).
struct StaticOutput {
  DenseVector output, final_use;  ///< [unit per year]
  int rounds = 0;
};

/// What the linear programme maximises.
enum class StaticObjective { output, final_use };

/// Whom a seller serves when it cannot make what is ordered (Pichler & Farmer 2022).
enum class StaticRationing {
  proportional,      ///< every client, final users among them, the same share
  industries_first,  ///< industries the same share, final users what is left ("mixed")
  largest_first,     ///< industries in the order of their orders, in full; then final users
  random,            ///< industries in an order drawn once per seller, in full; then final users
};

/// The most that can be made: max Σx or Σf subject to 0 <= (I - A) x <= f_max, 0 <= x <= x_max.
///
/// Source: Pichler & Farmer (2022), Economic Systems Research 34, section 3.
///
/// \error size_mismatch  A is not square or a cap is not as long
/// \error bad_value      a coefficient or a cap is negative or not a number
/// \error not_converged  the solver found no optimum
[[nodiscard]] Result<StaticOutput> most_possible(StaticSystem const& system,
                                                 StaticObjective objective);

/// What a rule of rationing leaves: orders d = L f meet the caps, sellers that fall short serve
/// s_j = min(1, min over sellers i to j of the share j gets), x_j = min(x_max, s_j d_j), and final
/// use falls to min(f, x - A (s d)), at least 0; repeated with the smaller f until it stays. Ours:
/// an industry so short of inputs that it cannot make even what industries order gets what it makes
/// as its cap, and the rounds go on; without it more may be delivered than is made.
///
/// \param seed  of StaticRationing::random, else unused
/// \error size_mismatch, bad_value  as most_possible()
/// \error unproductive_table        I - A has no non-negative inverse
/// \error not_converged             10,000 rounds were not enough
[[nodiscard]] Result<StaticOutput> rationed(StaticSystem const& system, StaticRationing rationing,
                                            std::uint64_t seed = 0);

}  // namespace linchpin::disrupt
