// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/cut_reader.h"

#include <fmt/format.h>

#include <cmath>

#include "linchpin/core/nearest.h"
#include "linchpin/study/event_keys.h"

namespace linchpin::study {
namespace {

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

}  // namespace

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

}  // namespace linchpin::study
