// SPDX-License-Identifier: Apache-2.0
#include "linchpin/serve/endpoints/question.h"

#include <fmt/format.h>

#include "linchpin/sampling/design.h"
#include "linchpin/study/measures/selection.h"

namespace linchpin::serve {
namespace {

bool is_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }

std::string options_as_fields(std::string const& text) {
  std::string told;
  for (std::size_t k = 0; k < text.size();) {
    bool const begins = k == 0 || !(is_letter(text[k - 1]) || text[k - 1] == '-');
    bool const option =
        begins && text.compare(k, 2, "--") == 0 && k + 2 < text.size() && is_letter(text[k + 2]);
    if (!option) {
      told += text[k++];
      continue;
    }
    for (k += 2; k < text.size(); ++k) {
      bool const inside = text[k] == '-' && k + 1 < text.size() && is_letter(text[k + 1]);
      if (!is_letter(text[k]) && !inside) break;
      told += inside ? '_' : text[k];
    }
  }
  return told;
}

}  // namespace

Error at_fields(Error error) {
  error.what = options_as_fields(error.what);
  error.where = options_as_fields(error.where);
  error.hint = options_as_fields(error.hint);
  for (auto& each : error.further) each = at_fields(std::move(each));
  return error;
}

Response busy() {
  auto answer = error_response(
      429, {ErrorCode::too_large, "too many questions at once", "server", "ask again shortly"});
  answer.headers.emplace_back("Retry-After", "1");
  return answer;
}

Response took_too_long() {
  return error_response(
      422, {ErrorCode::too_large, fmt::format("the answer takes over {} s", question_seconds),
            "question", "ask for less, a smaller world, or the command line"});
}

std::vector<depend::Buyer> find_parties(IndustrySpace const& space,
                                        std::vector<std::string> const& labels, char const* where,
                                        ErrorList& errors) {
  std::vector<depend::Buyer> parties;
  for (auto const& label : labels) {
    if (auto const party = study::find_party(space, label, where); party) {
      parties.push_back(*party);
    } else {
      errors.add(party.error());
    }
  }
  return parties;
}

std::optional<study::EnsembleSpec> take_draws(RequestFields& fields, bool designs) {
  auto const draws = fields.integer("draws", 1, most_posted_draws);
  auto const seed = fields.integer("seed", 0, largest_seed);
  auto const design =
      designs ? fields.choice("design", {"sobol", "latin_hypercube", "saltelli", "stroud"}, "")
              : std::string{};
  if (draws && !seed) {
    fields.errors().add(ErrorCode::missing_value, "'draws' without 'seed'", "seed",
                        "choose one, so that the result can be made again: \"seed\": 1");
  }
  if (!draws && (seed || !design.empty())) {
    fields.errors().add(ErrorCode::missing_value, "'seed' or 'design' without 'draws'", "draws",
                        "say how many draws to make: \"draws\": 1000");
  }
  if (!draws || !seed) return std::nullopt;
  return study::EnsembleSpec{static_cast<std::size_t>(*draws), static_cast<std::uint64_t>(*seed),
                             sampling::design_kind(design)};
}

}  // namespace linchpin::serve
