// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "linchpin/core/error.h"

namespace linchpin::leverage {

/// Two sides that trade, and what each has with and without the link; real income, one unit.
struct BargainingCase {
  double first_with = 0;
  double first_without = 0;
  double second_with = 0;
  double second_without = 0;
  double first_weight = 0.5;  ///< bargaining weight b of the first, 0…1
  double first_resolve = 0;   ///< what the break is worth to the first besides its income, ≥ 0
  double second_resolve = 0;
};

/// Nash bargaining over a transfer with the break as threat point: what each then has, with what
/// the break is worth to it besides, D = W^e + R.
struct Bargain {
  double first_at_stake = 0;   ///< S_i = W_i − W_i^e, what the break costs the first
  double second_at_stake = 0;  ///< S_j
  double first_threat = 0;     ///< D_i = W_i^e + R_i
  double second_threat = 0;    ///< D_j
  /// S_i − R_i + S_j − R_j > 0: some transfer makes both better off than the break.
  bool agreement = false;
  /// T from the first to the second (below 0: the other way) that solves
  /// max (W_i − T − D_i)^b (W_j + T − D_j)^{1−b}: T = (1 − b) (S_i − R_i) − b (S_j − R_j). 0
  /// without agreement.
  double transfer = 0;
  double first_payoff = 0;  ///< with the agreement, else that of the threat point
  double second_payoff = 0;
  /// Most that each can enforce by its threat: all the other would save by avoiding the break,
  /// S − R, if the threat is credible (what carrying it out costs is at most what it is worth
  /// besides), else 0.
  bool first_credible = false;
  bool second_credible = false;
  double first_demand = 0;
  double second_demand = 0;
  /// Loss of the other over the own loss from the break ("pain ratio"). Absent where the own loss
  /// is below 0.01 % of income: the threat is `costless`, and a ratio would be noise.
  std::optional<double> first_pain_ratio;
  std::optional<double> second_pain_ratio;
  bool first_costless = false;
  bool second_costless = false;
};

/// \error bad_value  a number that is not finite, a weight outside 0…1, resolve below 0, an income
///                   with the link that is not above 0
///
/// Source: Nash (1950), "The bargaining problem", Econometrica 18(2); weights as in Binmore,
/// Rubinstein & Wolinsky (1986), RAND Journal of Economics 17(2).
[[nodiscard]] Result<Bargain> nash_bargain(BargainingCase const& given);

}  // namespace linchpin::leverage
