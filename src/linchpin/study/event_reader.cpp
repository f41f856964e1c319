// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/event_reader.h"

#include <fmt/format.h>

#include <cmath>

#include "linchpin/study/cut_reader.h"
#include "linchpin/study/event_keys.h"

namespace linchpin::study {
namespace {

// One step of the model is one day.
constexpr Range at_least_a_day{.lowest = 1, .highest = 36500};

CapacityLossSpec read_industries_event(TomlReader& reader) {
  CapacityLossSpec loss;
  loss.where = reader.where();
  loss.industries = required_texts(reader, "industries", "[\"CHN:c14\"]");
  loss.course = read_course(reader);
  reader.finish();
  return loss;
}

CapitalLossSpec read_capital_loss(TomlReader& reader) {
  CapitalLossSpec loss;
  loss.where = reader.where();
  loss.industries = required_texts(reader, "industries", "[\"CHN:c14\"]");
  loss.share = required_number(reader, "share", share_range, "0.1");
  if (auto const day = reader.whole("day", days_range)) loss.day = day->value;
  if (auto const days = reader.number("rebuild_days", at_least_a_day)) {
    loss.rebuild_days = days->value;
  }
  loss.rebuilding_sectors = reader.texts("rebuilding_sectors");
  loss.rebuilding_regions = reader.texts("rebuilding_regions");
  reader.finish();
  return loss;
}

DemandShiftSpec read_demand_shift(TomlReader& reader) {
  DemandShiftSpec shift;
  shift.where = reader.where();
  shift.regions = required_texts(reader, "regions", "[\"CHN\"]");
  shift.sectors = reader.texts("sectors");
  shift.course = read_times(reader);
  double const change = required_number(
      reader, "change",
      {.lowest = -1, .highest = 1, .hint = "-0.3 is 30 % less, 0.2 is 20 % more; at most double"},
      "-0.3");
  shift.rises = change > 0;
  shift.course.share = std::abs(change);
  reader.finish();
  return shift;
}

/// A list that may stand under a singular or a plural name.
std::vector<Placed<std::string>> one_or_more(TomlReader& reader, char const* one, char const* more,
                                             char const* example) {
  if (reader.has(one) && reader.has(more)) {
    reader.problem(ErrorCode::bad_value,
                   fmt::format("both '{}' and '{}'", reader.full_name(one), reader.full_name(more)),
                   reader.place_of(more), "use one of the two");
  }
  return reader.has(more) ? reader.texts(more) : required_texts(reader, one, example);
}

ReserveSpec read_reserve(TomlReader& reader) {
  ReserveSpec reserve;
  reserve.where = reader.where();
  reserve.regions = one_or_more(reader, "region", "regions", "\"JPN\"");
  reserve.products = one_or_more(reader, "product", "products", "\"c8\"");
  reserve.days = required_number(reader, "days", days_range, "90");
  if (auto const release = reader.number("release_per_day", {.lowest = 0, .highest = 36500})) {
    reserve.release_per_day = release->value;
  }
  if (auto const from = reader.whole("from_day", days_range)) reserve.from_day = from->value;
  reader.finish();
  return reserve;
}

}  // namespace

EventSpecs read_events(TomlReader& reader) {
  EventSpecs events;
  for (auto& cut : reader.tables("cut")) {
    events.cuts.push_back(read_cut(cut, CutKind::export_stop));
  }
  for (auto& ban : reader.tables("import_ban")) {
    events.cuts.push_back(read_cut(ban, CutKind::import_ban));
  }
  for (auto& each : reader.tables("closure")) events.closures.push_back(read_closure(each));
  for (auto& each : reader.tables("retaliation")) {
    events.retaliations.push_back(read_retaliation(each));
  }
  for (auto& each : reader.tables("capacity_loss")) {
    events.capacity_losses.push_back(read_industries_event(each));
  }
  for (auto& each : reader.tables("labour_shock")) {
    events.labour_shocks.push_back(read_industries_event(each));
  }
  for (auto& each : reader.tables("capital_loss")) {
    events.capital_losses.push_back(read_capital_loss(each));
  }
  for (auto& each : reader.tables("demand_shift")) {
    events.demand_shifts.push_back(read_demand_shift(each));
  }
  for (auto& each : reader.tables("reserve")) events.reserves.push_back(read_reserve(each));
  return events;
}

}  // namespace linchpin::study
