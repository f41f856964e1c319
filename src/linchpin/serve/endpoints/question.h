// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "linchpin/core/run_control.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/economy/industry_space.h"
#include "linchpin/results/json.h"
#include "linchpin/serve/deadline.h"
#include "linchpin/serve/endpoints/limits.h"
#include "linchpin/serve/endpoints/submit.h"
#include "linchpin/serve/request_fields.h"
#include "linchpin/serve/site.h"
#include "linchpin/study/uncertain_spec.h"

namespace linchpin::serve {

/// 429: too many questions at once.
[[nodiscard]] Response busy();

/// An error of a question that a command line asks too, told for one asked by a request: options
/// become fields ("--signal-years" is "signal_years"), in what it says and where.
[[nodiscard]] Error at_fields(Error error);

/// 422: the question took longer than one outside the queue may.
[[nodiscard]] Response took_too_long();

/// Answers a question outside the queue when its turn has come: `ask(control)` gives the document.
template <class Ask>
[[nodiscard]] Response answer_now(Site& site, Ask&& ask) {
  Turnstile::Pass const pass(site.questions, longest_wait);
  if (!pass.mine()) return busy();
  Deadline const deadline(question_seconds);
  RunControl control;
  control.threads = site.threads;
  control.cancel = deadline.token();
  Result<Json> const document = std::forward<Ask>(ask)(control);
  if (!document && deadline.passed()) return took_too_long();
  return document ? json_response(*document) : error_response(document.error());
}

/// Looks at what was posted for the queue when its turn has come; this may open a world, and must
/// not take longer than a question: `check(control)` gives a Result, whose error becomes the
/// answer.
template <class Check>
[[nodiscard]] auto check_now(Site& site, Check&& check)
    -> tl::expected<typename decltype(check(RunControl{}))::value_type, Response> {
  Turnstile::Pass const pass(site.checks, longest_wait);
  if (!pass.mine()) return tl::unexpected<Response>(busy());
  Deadline const deadline(question_seconds);
  RunControl control;
  control.threads = site.threads;
  control.cancel = deadline.token();
  auto checked = std::forward<Check>(check)(control);
  if (checked) {
    if constexpr (std::is_void_v<typename decltype(checked)::value_type>) {
      return {};
    } else {
      return *std::move(checked);
    }
  }
  return tl::unexpected<Response>(deadline.passed() ? took_too_long()
                                                    : error_response(checked.error()));
}

/// Regions and industries by label; unknown ones go to `errors`.
[[nodiscard]] std::vector<depend::Buyer> find_parties(IndustrySpace const& space,
                                                      std::vector<std::string> const& labels,
                                                      char const* where, ErrorList& errors);

/// `draws` and `seed` of a request, with `design` if `designs`; one without the other is a problem.
[[nodiscard]] std::optional<study::EnsembleSpec> take_draws(RequestFields& fields, bool designs);

/// The largest whole number that every client reads as it was written.
inline constexpr std::int64_t largest_seed = 9007199254740991;

}  // namespace linchpin::serve
