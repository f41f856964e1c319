// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/signalling.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "linchpin/core/contracts.h"

namespace linchpin::leverage {
namespace {

class Findings {
 public:
  void number(char const* where, double value, bool fine, char const* hint) {
    if (std::isfinite(value) && fine) return;
    errors_.add(ErrorCode::bad_value, fmt::format("{} is not allowed", value), where, hint);
  }
  void sender(double gain, double penalty, double belief) {
    number("gain", gain, gain > 0, "above 0");
    number("penalty", penalty, penalty > 0, "above 0");
    number("belief", belief, belief >= 0 && belief <= 1, "between 0 and 1");
  }
  [[nodiscard]] Result<void> result() const {
    if (!errors_.empty()) return fail(errors_.joined());
    return {};
  }

 private:
  ErrorList errors_;
};

Result<void> check(SignallingCase const& given) {
  Findings found;
  found.number("resilient_cost", given.resilient_cost, given.resilient_cost > 0, "above 0");
  found.number("dependent_cost", given.dependent_cost, given.dependent_cost >= given.resilient_cost,
               "at least the cost of the resilient: else the signal says nothing");
  found.number("resilient_loss", given.resilient_loss, given.resilient_loss >= 0, "0 or above");
  found.number("dependent_loss", given.dependent_loss, given.dependent_loss >= 0, "0 or above");
  found.sender(given.gain, given.penalty, given.belief);
  return found.result();
}

}  // namespace

double mixing_threat(SignallingCase const& given, double signal) noexcept {
  if (given.dependent_loss == 0) return 0;
  return std::clamp(1 - given.dependent_cost * signal / given.dependent_loss, 0.0, 1.0);
}

Result<Signalling> signal_ranges(SignalLimits const& limits, double gain, double penalty,
                                 double belief) {
  LINCHPIN_EXPECTS(limits.dependent >= 0 && limits.resilient >= 0 && limits.largest > 0);
  Findings found;
  found.sender(gain, penalty, belief);
  if (auto const checked = found.result(); !checked) return fail(checked.error());
  Signalling answer;
  answer.deterring_belief = gain / (gain + penalty);
  bool const deterred = belief >= answer.deterring_belief;
  double const resilient = std::min(limits.resilient, limits.largest);
  if (resilient > 0 && limits.dependent <= resilient) {
    answer.separating = {limits.dependent, resilient, false};
    answer.cheapest_separating = limits.dependent;
  }
  if (deterred) {
    answer.pooling = {0, std::min(limits.dependent, resilient), false};
    answer.silence_deters = true;
    return answer;
  }
  answer.silence_threatened = true;
  // A signal just above ℓ_D/κ_D is one that no dependent target would ever send.
  answer.silence_survives_intuition = !(limits.dependent < resilient);
  // The dependent are indifferent; the resilient send it, too, if it saves them at least its cost.
  if (limits.dependent > 0 && belief > 0 && limits.resilient_first) {
    answer.mixing = {0, std::min(limits.dependent, limits.largest), false};
    answer.mixing_share = belief * penalty / ((1 - belief) * gain);
  }
  return answer;
}

Result<Signalling> signal_ranges(SignallingCase const& given) {
  if (auto const checked = check(given); !checked) return fail(checked.error());
  SignalLimits limits;
  limits.dependent = given.dependent_loss / given.dependent_cost;
  limits.resilient = given.resilient_loss / given.resilient_cost;
  limits.largest = std::numeric_limits<double>::infinity();
  // κ_R s ≤ ℓ_R κ_D s/ℓ_D.
  limits.resilient_first = given.dependent_loss > 0 && limits.dependent <= limits.resilient;
  return signal_ranges(limits, given.gain, given.penalty, given.belief);
}

}  // namespace linchpin::leverage
