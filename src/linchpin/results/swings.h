// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linchpin/results/json.h"
#include "linchpin/results/result_set.h"

namespace linchpin {

/// What one uncertain number does to the answer when it alone goes to the ends of its range.
struct Swing {
  std::string parameter;  ///< its name, or its correlation group's
  std::vector<std::string> members;
  std::string words;              ///< what it means
  std::vector<double> low, high;  ///< the ends, one per member
  /// Loss of final use in the region in focus at the ends [%]; empty where the model does not run.
  std::optional<double> loss_at_low, loss_at_high;
  std::optional<double> value_added_loss_at_low, value_added_loss_at_high;
  double swing = 0;  ///< highest minus lowest of both ends and the central run [percentage points]
};

/// The assumptions ledger of one scenario without draws: one number at a time.
struct SwingSummary {
  std::string scenario;
  std::string focus;     ///< label of the region whose loss of final use it is about
  bool assumed = false;  ///< nobody said what is uncertain: the default set
  double central = 0;    ///< loss of final use in the central run [%]
  double central_value_added = 0;
  std::vector<Swing> swings;  ///< the largest first
  std::string reason;         ///< why there are none; else empty
};

/// How many numbers the ledger names.
inline constexpr std::size_t ledger_length = 3;

/// "What moves this result most, one number at a time: how large stocks are (inventory_days, 0.5 to
/// 2), final use lost 0.31 to 0.12 %; …".
[[nodiscard]] std::string ledger_sentence(SwingSummary const& summary);

/// Adds `ledger`, `ledger_of` and `swings` to a linchpin.disrupt document.
void add_swings(Json& document, SwingSummary const& summary);

/// All swings of all scenarios; no table if there are none.
[[nodiscard]] std::vector<ResultTable> swing_tables(std::span<SwingSummary const> summaries);

}  // namespace linchpin
