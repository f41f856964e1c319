// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "fuzz/support.h"
#include "linchpin/localize/bill.h"
#include "linchpin/parameters/technology.h"
#include "linchpin/parameters/technology_market.h"
#include "linchpin/study/autonomy_study.h"

namespace linchpin::fuzz {
namespace {

/// What stands before and after the first line "@@".
std::pair<std::string_view, std::string_view> halves(std::string_view text) {
  constexpr std::string_view mark = "\n@@\n";
  auto const at = text.find(mark);
  if (at == text.npos) return {text, {}};
  return {text.substr(0, at + 1), text.substr(at + mark.size())};
}

}  // namespace

void autonomy_study(Bytes input) {
  auto const [toml, csv] = halves(text_of(input));
  (void)study::is_autonomy_study(toml);
  auto study = study::read_autonomy_study(toml, "fuzz.toml");
  if (!study) return require_sound(study.error());
  require(!study->technologies.empty(), "a study has technologies");
  require(study->years >= 1 && study->years <= 60, "years are in their range");
  for (auto const& policy : study->policies) {
    require(std::isfinite(policy.instrument.amount), "amounts are finite");
  }
  auto const market = parameters::read_technology_market(csv, "market.csv", "CHN");
  if (!market) return require_sound(market.error());
  for (auto& technology : study->technologies) {
    ErrorList errors;
    study::fill_numbers(technology, *market, errors);
    if (!errors.empty()) return require_sound(errors.joined());
    for (std::size_t k = 0; k < technology.numbers.size(); ++k) {
      auto const& number = technology.numbers[k];
      auto const& kind = study::autonomy_number_kinds[k];
      require(kind.lowest <= number.low && number.low <= number.value &&
                  number.value <= number.high && number.high <= kind.highest,
              "numbers are in their ranges");
    }
  }
}

void technology(Bytes input) {
  auto const [toml, csv] = halves(text_of(input));
  auto const read = parameters::read_technology(toml, "technology.toml", csv, "numbers.csv");
  if (!read) return require_sound(read.error());
  require(!read->sector.empty() && !read->stages.empty(), "a technology has stages and a sector");
  for (auto const preset : parameters::needed_presets) {
    require(read->preset(preset).has_value(), "the needed presets are there");
  }
  auto const cost = localize::roll_up(localize::bill_of(*read, read->values()));
  if (!cost) return require_sound(cost.error());
  for (auto const& origin : cost->origin) {
    for (double const share : origin) require(std::isfinite(share), "shares are finite");
  }
}

}  // namespace linchpin::fuzz
