// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/event_reader.h"

#include <fmt/format.h>

#include <cmath>

#include "linchpin/core/nearest.h"

namespace linchpin::study {
namespace {

constexpr Range share_range{
    .lowest = 0, .highest = 1, .hint = "shares are fractions between 0 and 1: write 0.3 for 30 %"};
// One step of the model is one day.
constexpr Range at_least_a_day{.lowest = 1, .highest = 36500};

void missing(TomlReader& reader, std::string_view key, std::string_view example) {
  reader.problem(ErrorCode::missing_value, fmt::format("'{}' is missing", reader.full_name(key)),
                 reader.where(), fmt::format("add a line like {} = {}", key, example));
}

double required_number(TomlReader& reader, std::string_view key, Range const& range,
                       std::string_view example) {
  if (!reader.has(key)) missing(reader, key, example);
  auto const value = reader.number(key, range);
  return value ? value->value : 0.0;
}

void read_recovery(TomlReader& reader, Course& course, bool ends) {
  auto const days = reader.whole("recovery_days", days_range);
  if (days) course.recovery_days = days->value;
  if (days && !ends) {
    reader.problem(ErrorCode::bad_value, "'recovery_days' without an end to recover from",
                   days->where, "add to_day, the day from which the effect fades");
  }
  auto const curve = reader.text("recovery");
  if (!curve) return;
  if (!reader.has("recovery_days")) missing(reader, "recovery_days", "30");
  std::vector<std::string> const known{"linear", "convex", "concave", "exponential"};
  for (std::size_t k = 0; k < known.size(); ++k) {
    if (curve->value != known[k]) continue;
    course.recovery = static_cast<RecoveryCurve>(k);
    return;
  }
  reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no curve of recovery", curve->value),
                 curve->where,
                 did_you_mean(curve->value, known,
                              "use \"linear\", \"convex\", \"concave\" or \"exponential\""));
}

/// When an event acts; its strength is read by the caller.
Course read_times(TomlReader& reader) {
  Course course;
  if (auto const from = reader.whole("from_day", days_range)) course.from_day = from->value;
  if (auto const ramp = reader.whole("ramp_days", days_range)) course.ramp_days = ramp->value;
  if (auto const to = reader.whole("to_day", days_range)) {
    course.to_day = to->value;
    if (to->value <= course.from_day) {
      reader.problem(ErrorCode::bad_value,
                     fmt::format("end before start: to_day {} is not after from_day {}", to->value,
                                 course.from_day),
                     to->where, "to_day is the first day without effect again");
    }
  }
  read_recovery(reader, course, reader.has("to_day"));
  return course;
}

Course read_course(TomlReader& reader) {
  auto course = read_times(reader);
  if (auto const share = reader.number("share", share_range)) course.share = share->value;
  return course;
}

void read_uses(TomlReader& reader, CutSpec& cut) {
  if (!reader.has("uses")) return;
  cut.intermediate = false;
  cut.final_use = false;
  std::vector<std::string> const known{"intermediate", "final"};
  for (auto const& use : reader.texts("uses")) {
    if (use.value == "intermediate") {
      cut.intermediate = true;
    } else if (use.value == "final") {
      cut.final_use = true;
    } else {
      reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no kind of use", use.value),
                     use.where,
                     did_you_mean(use.value, known, "use \"intermediate\", \"final\" or both"));
    }
  }
}

std::vector<LicenceSpec> read_licences(TomlReader& reader) {
  std::vector<LicenceSpec> licences;
  for (auto& table : reader.tables("licences")) {
    LicenceSpec licence;
    if (!table.has("for")) missing(table, "for", "\"CHN:c33\"");
    if (auto const target = table.text("for")) licence.target = *target;
    licence.share = required_number(table, "share", share_range, "0.2");
    table.finish();
    if (!licence.target.value.empty()) licences.push_back(std::move(licence));
  }
  return licences;
}

/// phases = [[0, 0.3], [60, 1.0]]: days ascending, each with its share.
void read_phases(TomlReader& reader, CutSpec& cut) {
  auto const* node = reader.node("phases");
  if (node == nullptr) return;
  auto const wanted = "a list like [[0, 0.3], [60, 1.0]]";
  auto const* list = node->as_array();
  if (list == nullptr || list->empty()) return reader.wrong_type("phases", *node, wanted);
  for (auto const& entry : *list) {
    auto const* pair = entry.as_array();
    if (pair == nullptr || pair->size() != 2) {
      reader.wrong_type("phases", entry, "a pair [day, share]");
      continue;
    }
    auto const day = reader.number_of("phases", *pair->get(0), days_range);
    auto const share = reader.number_of("phases", *pair->get(1), share_range);
    if (!day || !share) continue;
    if (day->value != std::floor(day->value)) {
      reader.problem(ErrorCode::bad_value, fmt::format("a phase begins on day {}", day->value),
                     day->where, "use a whole number of days");
      continue;
    }
    PhaseSpec const phase{static_cast<int>(day->value), share->value};
    if (!cut.phases.empty() && phase.day <= cut.phases.back().day) {
      reader.problem(ErrorCode::bad_value,
                     fmt::format("phases are not in order: day {} after day {}", phase.day,
                                 cut.phases.back().day),
                     day->where, "each phase begins after the one before it");
      continue;
    }
    cut.phases.push_back(phase);
  }
  for (char const* key : {"share", "from_day", "ramp_days"}) {
    if (!reader.has(key)) continue;
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' beside phases", reader.full_name(key)),
                   reader.place_of(key), "phases say when how much is cut: leave it out");
  }
  bool const ends = cut.course.to_day >= 0 && !cut.phases.empty();
  if (ends && cut.course.to_day <= cut.phases.back().day) {
    reader.problem(ErrorCode::bad_value,
                   fmt::format("to_day {} is not after the last phase, which begins on day {}",
                               cut.course.to_day, cut.phases.back().day),
                   reader.place_of("to_day"), "to_day is the first day without effect again");
  }
}

CutSpec read_cut(TomlReader& reader, CutKind kind) {
  CutSpec cut;
  cut.kind = kind;
  cut.where = reader.where();
  cut.sellers = required_texts(reader, "sellers", "[\"USA\", \"JPN\"]");
  cut.buyers = required_texts(reader, "buyers", "[\"CHN\"]");
  cut.sectors = reader.texts("sectors");
  cut.exempt = reader.texts("exempt");
  cut.licences = read_licences(reader);
  read_uses(reader, cut);
  cut.course = read_course(reader);
  read_phases(reader, cut);
  reader.finish();
  return cut;
}

/// "CHN>DEU": its two sides, or a problem.
std::optional<RouteSpec> read_pair(TomlReader& reader, Placed<std::string> const& pair) {
  auto const arrow = pair.value.find('>');
  bool const good = arrow != std::string::npos && arrow > 0 && arrow + 1 < pair.value.size() &&
                    pair.value.find('>', arrow + 1) == std::string::npos;
  if (!good) {
    reader.problem(ErrorCode::bad_format, fmt::format("'{}' is no pair of regions", pair.value),
                   pair.where, "write a pair as \"CHN>DEU\"");
    return std::nullopt;
  }
  return RouteSpec{{{pair.value.substr(0, arrow), pair.where}},
                   {{pair.value.substr(arrow + 1), pair.where}},
                   pair.where};
}

ClosureSpec read_closure(TomlReader& reader) {
  ClosureSpec closure;
  closure.where = reader.where();
  if (!reader.has("between") && !reader.has("pairs")) {
    missing(reader, "between", "[[\"CHN\"], [\"DEU\", \"NLD\"]]");
  }
  if (auto sides = read_sides(reader, "between")) closure.routes.push_back(std::move(*sides));
  for (auto const& pair : reader.texts("pairs")) {
    if (auto route = read_pair(reader, pair)) closure.routes.push_back(std::move(*route));
  }
  closure.sectors = reader.texts("sectors");
  closure.exempt = reader.texts("exempt");
  closure.course = read_course(reader);
  reader.finish();
  return closure;
}

RetaliationSpec read_retaliation(TomlReader& reader) {
  RetaliationSpec rule;
  rule.where = reader.where();
  if (!reader.has("when")) missing(reader, "when", "\"USA>CHN\"");
  if (auto const when = reader.text("when")) rule.when = *when;
  rule.sectors = reader.texts("sectors");
  rule.exempt = reader.texts("exempt");
  if (auto const after = reader.whole("after_days", days_range)) rule.after_days = after->value;
  if (auto const share = reader.number("share", share_range)) rule.course.share = share->value;
  if (auto const ramp = reader.whole("ramp_days", days_range)) rule.course.ramp_days = ramp->value;
  if (auto const to = reader.whole("to_day", days_range)) rule.course.to_day = to->value;
  auto const answer = reader.text("answer");
  if (answer && answer->value != "cut" && answer->value != "import_ban") {
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no answer", answer->value),
                   answer->where, "use \"cut\" (the default) or \"import_ban\"");
  }
  rule.bans = answer && answer->value == "import_ban";
  auto const until = reader.text("until");
  if (until && until->value != "lifted") {
    reader.problem(ErrorCode::bad_value, fmt::format("'{}' is no end of a retaliation", until->value),
                   until->where,
                   "use \"lifted\" (ends with the cut it answers), or to_day for a date");
  }
  rule.until_lifted = until.has_value();
  if (until && reader.has("to_day")) {
    reader.problem(ErrorCode::bad_value, "a retaliation has 'until' and 'to_day'", until->where,
                   "use one of the two");
  }
  read_recovery(reader, rule.course, reader.has("to_day") || rule.until_lifted);
  reader.finish();
  return rule;
}

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

std::vector<Placed<std::string>> required_texts(TomlReader& reader, std::string_view key,
                                                std::string_view example) {
  if (!reader.has(key)) missing(reader, key, example);
  return reader.texts(key);
}

std::optional<RouteSpec> read_sides(TomlReader& reader, std::string_view key) {
  auto const* node = reader.node(key);
  if (node == nullptr) return std::nullopt;
  auto const* list = node->as_array();
  if (list == nullptr || list->size() != 2) {
    reader.wrong_type(key, *node, "two sides like [[\"CHN\"], [\"DEU\", \"NLD\"]]");
    return std::nullopt;
  }
  return RouteSpec{reader.texts_of(key, *list->get(0)), reader.texts_of(key, *list->get(1)),
                   reader.place_of(key)};
}

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
