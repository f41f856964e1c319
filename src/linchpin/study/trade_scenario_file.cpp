// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_scenario_file.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

#include "linchpin/study/toml_reader.h"
#include "linchpin/study/trade_reader.h"

namespace linchpin::study {
namespace {

using Kind = TradeMeasureSpec::Kind;
using Texts = std::vector<Placed<std::string>>;

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// "USA, JPN": empty if a part is.
Texts list_of(std::string_view text, std::string const& where) {
  Texts texts;
  while (true) {
    auto const stop = text.find(',');
    auto const part = trimmed(text.substr(0, stop));
    if (part.empty()) return {};
    texts.push_back({std::string{part}, where});
    if (stop == std::string_view::npos) return texts;
    text.remove_prefix(stop + 1);
  }
}

/// SELLERS>BUYERS[:SECTORS] of a short form; false if it is none.
bool read_flow(std::string_view text, std::string const& where, TradeMeasureSpec& measure) {
  auto const arrow = text.find('>');
  if (arrow == std::string_view::npos) return false;
  auto const rest = text.substr(arrow + 1);
  auto const colon = rest.find(':');
  measure.where = where;
  measure.sellers = list_of(text.substr(0, arrow), where);
  measure.buyers = list_of(rest.substr(0, colon), where);
  bool const has_sectors = colon != std::string_view::npos;
  if (has_sectors) measure.sectors = list_of(rest.substr(colon + 1), where);
  return !measure.sellers.empty() && !measure.buyers.empty() &&
         (!has_sectors || !measure.sectors.empty()) && rest.find('>') == std::string_view::npos;
}

bool read_rate(std::string_view text, double& rate) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  auto const* const end = text.data() + text.size();
  auto const [stop, problem] = std::from_chars(text.data(), end, rate);
  return problem == std::errc{} && stop == end && std::isfinite(rate);
}

}  // namespace

TradeScenarioSpec parse_trade_scenario(std::string_view text, std::string const& source,
                                       ErrorList& errors) {
  auto const document = parse_toml(text, source, errors);
  if (!document) return {};
  TomlReader reader(*document, source, "", errors);
  if (document->empty()) {
    reader.problem(ErrorCode::missing_value, "the scenario is empty", source,
                   "add a [[tariff]], a [[ban]] or another policy");
    return {};
  }
  return read_trade_scenario_table(reader);
}

void add_short_ban(std::string_view text, TradeScenarioSpec& spec, ErrorList& errors) {
  TradeMeasureSpec measure;
  measure.kind = Kind::ban;
  if (!read_flow(text, fmt::format("--ban {}", text), measure)) {
    errors.add(ErrorCode::bad_format, fmt::format("'{}' is not a ban", text), "--ban",
               "write SELLERS>BUYERS:SECTORS, like \"USA,JPN>CHN:C26\"");
    return;
  }
  spec.measures.push_back(std::move(measure));
}

void add_short_tariff(std::string_view text, TradeScenarioSpec& spec, ErrorList& errors) {
  constexpr char const* hint =
      "write EXPORTERS>IMPORTERS:SECTORS=RATE, like \"USA>CHN:*=0.25\", or =+0.25 on top";
  TradeMeasureSpec measure;
  auto const equals = text.rfind('=');
  bool const found = equals != std::string_view::npos &&
                     read_flow(text.substr(0, equals), fmt::format("--tariff {}", text), measure);
  if (!found) {
    errors.add(ErrorCode::bad_format, fmt::format("'{}' is not a tariff", text), "--tariff", hint);
    return;
  }
  auto const number = trimmed(text.substr(equals + 1));
  if (!read_rate(number, measure.number)) {
    errors.add(ErrorCode::bad_format, fmt::format("'{}' is not a rate", number), measure.where,
               hint);
    return;
  }
  bool const rise = number.front() == '+' || number.front() == '-';
  measure.kind = rise ? Kind::tariff_add : Kind::tariff;
  if (measure.number <= -1 || measure.number > 100) {
    errors.add(ErrorCode::bad_value, fmt::format("a tariff of {}", measure.number), measure.where,
               "rates are shares of the value: write 0.25 for 25 %");
    return;
  }
  spec.measures.push_back(std::move(measure));
}

void add_short_group(std::string_view text, TradeScenarioSpec& spec, ErrorList& errors) {
  auto const equals = text.find('=');
  auto const name = std::string{trimmed(text.substr(0, equals))};
  auto members = equals == std::string_view::npos
                     ? Texts{}
                     : list_of(text.substr(equals + 1), fmt::format("--group {}", name));
  if (name.empty() || members.empty()) {
    errors.add(ErrorCode::bad_format, fmt::format("'{}' is not a group", text), "--group",
               "write NAME=REGIONS, like \"WEST=USA,JPN\"");
    return;
  }
  if (!spec.groups.emplace(name, std::move(members)).second) {
    errors.add(ErrorCode::duplicate_label, fmt::format("two groups are called '{}'", name),
               "--group", "give each its own name");
  }
}

}  // namespace linchpin::study
