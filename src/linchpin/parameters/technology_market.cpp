// SPDX-License-Identifier: Apache-2.0
#include "linchpin/parameters/technology_market.h"

#include <fmt/format.h>

#include <algorithm>

namespace linchpin::parameters {
namespace {

bool is_region(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

Result<std::vector<SourcedNumber>> read_technology_market(std::string_view text,
                                                          std::string const& name,
                                                          std::string_view region) {
  auto numbers = read_sourced_numbers(text, name);
  if (!numbers) return fail(numbers.error());
  ErrorList errors;
  std::vector<SourcedNumber> result;
  std::vector<bool> of_region;
  for (auto& number : *numbers) {
    auto const dot = number.key.find('.');
    auto const plain = number.key.substr(0, dot);
    auto const where_for = dot == std::string::npos ? std::string{} : number.key.substr(dot + 1);
    bool const general = dot == std::string::npos;
    if (plain.empty() || (!general && !is_region(where_for))) {
      errors.add(ErrorCode::bad_format, fmt::format("'{}' is no key", number.key), number.where,
                 "write home_share.CHN for one region, home_share for all");
      continue;
    }
    if (!general && where_for != region) continue;
    auto const same = std::find_if(result.begin(), result.end(),
                                   [&](SourcedNumber const& each) { return each.key == plain; });
    number.key = plain;
    if (same == result.end()) {
      result.push_back(std::move(number));
      of_region.push_back(!general);
    } else if (auto const place = static_cast<std::size_t>(same - result.begin());
               !of_region[place]) {
      *same = std::move(number);
      of_region[place] = true;
    }
  }
  if (!errors.empty()) return fail(errors.joined());
  return result;
}

}  // namespace linchpin::parameters
