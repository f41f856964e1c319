// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/threat_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "linchpin/study/required_keys.h"
#include "linchpin/study/standoff_reader.h"

namespace linchpin::study {
namespace {

using Labels = std::vector<Placed<std::string>>;

constexpr Range share{.lowest = 0, .highest = 1};
constexpr Range percent{.lowest = 0, .highest = 100};
constexpr Range percent_above{.lowest = 0, .highest = 100, .above = true};
constexpr Range years{.lowest = 1e-3, .highest = 1e3};
constexpr Range price{.lowest = 0, .highest = 1e6};

void apart(TomlReader& reader, Labels const& labels, std::string const& from, char const* hint) {
  for (auto const& each : labels) {
    if (each.value != from) continue;
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' is on both sides", each.value),
                   each.where, hint);
  }
}

BargainSpec read_bargain(TomlReader& reader) {
  BargainSpec spec;
  spec.where = reader.where();
  spec.first = required_texts(reader, "first", "\"USA\"");
  spec.second = required_texts(reader, "second", "\"CHN\"");
  spec.sectors = reader.texts("sectors");
  for (auto const& each : spec.first) {
    apart(reader, spec.second, each.value, "nobody bargains with itself");
  }
  take(reader.number("weight", share), spec.weight);
  if (reader.has("first_resolve")) {
    spec.first_resolve = read_ranged(reader, "first_resolve", percent);
  }
  if (reader.has("second_resolve")) {
    spec.second_resolve = read_ranged(reader, "second_resolve", percent);
  }
  reader.finish();
  return spec;
}

SignalSpec read_signal(TomlReader& reader) {
  SignalSpec spec;
  spec.where = reader.where();
  spec.target = needed_name(reader, "target", "\"USA\"");
  spec.senders = required_texts(reader, "senders", "\"CHN\"");
  spec.sectors = reader.texts("sectors");
  apart(reader, spec.senders, spec.target.value, "nobody threatens itself");
  if (auto const instrument = reader.text("instrument")) {
    spec.tariff = instrument->value == "tariff";
    if (!spec.tariff && instrument->value != "wedge") {
      reader.problem(ErrorCode::bad_value,
                     fmt::format("'{}' is no way to discourage purchases", instrument->value),
                     instrument->where, "use \"wedge\" or \"tariff\"");
    }
  }
  take(reader.number("belief", share), spec.belief);
  take(reader.number("demand_pct", percent_above), spec.demand_pct);
  take(reader.number("signal_years", years), spec.signal_years);
  take(reader.number("threat_years", years), spec.threat_years);
  reader.finish();
  return spec;
}

FrontierSpec read_frontier(TomlReader& reader) {
  FrontierSpec spec;
  spec.where = reader.where();
  spec.buyer = needed_name(reader, "buyer", "\"USA\"");
  spec.rivals = required_texts(reader, "rivals", "\"CHN\"");
  spec.sectors = reader.texts("sectors");
  apart(reader, spec.rivals, spec.buyer.value, "nobody coerces itself");
  take(reader.boolean("services"), spec.services);
  take(reader.boolean("network"), spec.network);
  if (auto const* node = reader.node("prices")) {
    if (auto const* list = node->as_array()) {
      for (auto const& each : *list) {
        if (auto const found = reader.number_of("prices", each, price)) {
          spec.prices.push_back(found->value);
        }
      }
    } else {
      reader.wrong_type("prices", *node, "a list of numbers");
    }
  }
  take(reader.number("limit_pct", percent_above), spec.limit_pct);
  reader.finish();
  return spec;
}

DefendSpec read_defend(TomlReader& reader) {
  DefendSpec spec;
  spec.where = reader.where();
  spec.target = needed_name(reader, "target", "\"USA\"");
  spec.sectors = reader.texts("sectors");
  spec.options = reader.texts("options");
  for (auto const& each : spec.options) {
    if (each.value == "diversify" || each.value == "localise" || each.value == "stockpile")
      continue;
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no option", each.value), each.where,
                   "use diversify, localise, stockpile");
  }
  take(reader.boolean("services"), spec.services);
  auto const whole = [&](char const* key, int most, std::optional<int>& place) {
    take(reader.whole(key, {.lowest = 1, .highest = static_cast<double>(most)}), place);
  };
  whole("k", 20, spec.k);
  whole("attack_links", 20, spec.attack_links);
  whole("measures", 40, spec.measures);
  whole("stock_days", 365, spec.stock_days);
  take(reader.number("keep", share), spec.kept_share);
  reader.finish();
  return spec;
}

}  // namespace

ThreatSpec read_threats(TomlReader& reader) {
  ThreatSpec spec;
  for (auto& each : reader.tables("bargain")) spec.bargains.push_back(read_bargain(each));
  for (auto& each : reader.tables("signal")) spec.signals.push_back(read_signal(each));
  for (auto& each : reader.tables("frontier")) spec.frontiers.push_back(read_frontier(each));
  auto const* node = reader.node("defend");
  if (node != nullptr && node->is_array()) {
    for (auto& each : reader.tables("defend")) spec.defences.push_back(read_defend(each));
  } else if (auto table = reader.table("defend")) {
    spec.defences.push_back(read_defend(*table));
  }
  return spec;
}

}  // namespace linchpin::study
