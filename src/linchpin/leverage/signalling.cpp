// SPDX-License-Identifier: Apache-2.0
#include "linchpin/leverage/signalling.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace linchpin::leverage {
namespace {

Result<void> check(SignallingCase const& given) {
  ErrorList errors;
  auto const number = [&](char const* where, double value, bool fine, char const* hint) {
    if (std::isfinite(value) && fine) return;
    errors.add(ErrorCode::bad_value, fmt::format("{} is not allowed", value), where, hint);
  };
  number("resilient_cost", given.resilient_cost, given.resilient_cost > 0, "above 0");
  number("dependent_cost", given.dependent_cost, given.dependent_cost >= given.resilient_cost,
         "at least the cost of the resilient: else the signal says nothing");
  number("resilient_loss", given.resilient_loss, given.resilient_loss >= 0, "0 or above");
  number("dependent_loss", given.dependent_loss, given.dependent_loss >= 0, "0 or above");
  number("gain", given.gain, given.gain > 0, "above 0");
  number("penalty", given.penalty, given.penalty > 0, "above 0");
  number("belief", given.belief, given.belief >= 0 && given.belief <= 1, "between 0 and 1");
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

}  // namespace

double mixing_threat(SignallingCase const& given, double signal) noexcept {
  if (given.dependent_loss == 0) return 0;
  return std::clamp(1 - given.dependent_cost * signal / given.dependent_loss, 0.0, 1.0);
}

Result<Signalling> signal_ranges(SignallingCase const& given) {
  if (auto const checked = check(given); !checked) return fail(checked.error());
  Signalling answer;
  answer.deterring_belief = given.gain / (given.gain + given.penalty);
  bool const deterred = given.belief >= answer.deterring_belief;
  // Above this signal a dependent (a resilient) target would rather be threatened.
  double const dependent_most = given.dependent_loss / given.dependent_cost;
  double const resilient_most = given.resilient_loss / given.resilient_cost;
  if (resilient_most > 0 && dependent_most <= resilient_most) {
    answer.separating = {dependent_most, resilient_most, false};
    answer.cheapest_separating = dependent_most;
  }
  if (deterred) {
    answer.pooling = {0, std::min(dependent_most, resilient_most), false};
    answer.silence_deters = true;
    return answer;
  }
  answer.silence_threatened = true;
  // A signal just above ℓ_D/κ_D is one that no dependent target would ever send.
  answer.silence_survives_intuition = !(dependent_most < resilient_most);
  // The dependent are indifferent; the resilient send it, too, if it saves them at least its cost:
  // κ_R s ≤ ℓ_R κ_D s/ℓ_D.
  bool const both =
      given.dependent_loss > 0 && given.belief > 0 && dependent_most <= resilient_most;
  if (both) {
    answer.mixing = {0, dependent_most, false};
    answer.mixing_share = given.belief * given.penalty / ((1 - given.belief) * given.gain);
  }
  return answer;
}

}  // namespace linchpin::leverage
