// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/trade_world.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "linchpin/equilibrium/solve.h"
#include "linchpin/parameters/trade_elasticities.h"
#include "linchpin/study/toml_reader.h"
#include "linchpin/uncertainty/equilibrium_parameters.h"

namespace linchpin::study {
namespace {

using equilibrium::DeficitRule;
using equilibrium::TradeBase;

constexpr char const* shipped_set = "default:trade_elasticities.csv";
constexpr char const* shipped_profile = "default:trade_elasticity_horizon.csv";

struct Elasticities {
  DenseVector theta;
  std::string words, horizon;
  std::vector<std::string> warnings;
};

std::string deficit_words(DeficitRule rule) {
  switch (rule) {
    case DeficitRule::keep:
      return "keep";
    case DeficitRule::scale_to_world_income:
      return "scale_to_world_income";
    case DeficitRule::zero:
      return "zero";
  }
  return {};
}

Result<std::string> read_file(ParameterSource const& source, std::string const& name) {
  if (source.read) return source.read(name);
  return fail(ErrorCode::file_not_found, "no files of parameters can be read here", name,
              "name a calibration that carries its own trade elasticities");
}

/// The set a user names, of the long run.
Result<Elasticities> long_run(TradeModelSpec const& model, DenseVector const& own,
                              std::span<SectorLabel const> sectors, ParameterSource const& source) {
  Elasticities result;
  auto const name = model.theta ? model.theta->value : std::string{own.empty() ? "default" : "own"};
  if (name == "own") {
    if (own.empty()) {
      return fail(ErrorCode::missing_value, "this world carries no trade elasticities of its own",
                  model.theta->where, "use theta = \"default\", or a file");
    }
    result.theta = own;
    result.words = "own, of the calibration";
    return result;
  }
  auto const chosen =
      name == "default" ? parameters::SetName{shipped_set, ""} : parameters::split_set_name(name);
  auto const text = read_file(source, chosen.file);
  if (!text) return fail(text.error());
  auto const file = parameters::read_trade_elasticities(*text, chosen.file, chosen.set);
  if (!file) return fail(file.error());
  auto found = parameters::trade_elasticities_of({&*file, 1}, sectors);
  if (!found) return fail(found.error());
  result.theta = std::move(found->theta);
  result.words = name == "default" ? "default (shipped, by sector)" : name;
  result.warnings = std::move(found->findings);
  if (found->assumptions > 0) {
    result.warnings.push_back(fmt::format("Trade elasticities of {} of {} sectors are assumptions.",
                                          found->assumptions, sectors.size()));
  }
  return result;
}

Result<Elasticities> elasticities(TradeModelSpec const& model, TradeGround const& ground,
                                  ParameterSource const& source) {
  auto result = long_run(model, ground.accounts.theta, ground.space.labels().sectors, source);
  if (!result) return result;
  result->horizon = "long run";
  if (!model.horizon_years) return result;
  auto const text = read_file(source, shipped_profile);
  if (!text) return fail(text.error());
  auto const profile = parameters::read_horizon_profile(*text, shipped_profile);
  if (!profile) return fail(profile.error());
  auto const years = *model.horizon_years;
  result->theta = parameters::theta_after(*profile, years, result->theta);
  if (years < 1) {
    result->warnings.push_back(
        fmt::format("A horizon of {:g} years extrapolates: elasticities are measured from one year "
                    "after a change on.",
                    years));
  }
  result->horizon = fmt::format("{:g} {} after the change: every elasticity times {:.3f}", years,
                                years == 1 ? "year" : "years", profile->share(years));
  return result;
}

std::string closure_words(equilibrium::Closure const& closure) {
  auto const& nests = closure.nests;
  auto text = fmt::format(
      "elasticities between value added and materials {:g}, among materials "
      "{:g}, among sectors in final use {:g}",
      nests.value_added, nests.materials, nests.final_use);
  auto const& factors = closure.factors;
  if (factors.all_specific) {
    text += "; all factors specific to their industry";
  } else if (!factors.mobile.empty()) {
    text += "; one factor moves between industries, the rest is specific to them";
  } else {
    text += "; one factor, moves between industries";
  }
  if (!factors.wage_floor.empty()) text += "; wages do not fall below a floor";
  if (closure.entrant_cost > 0) {
    text += fmt::format("; where a good is lost, a maker at home enters at {:g} times the cost",
                        closure.entrant_cost);
  }
  return text;
}

std::string tariff_words(TradeBase const& base) {
  bool const some =
      std::any_of(base.tariff.begin(), base.tariff.end(), [](double rate) { return rate > 0; });
  return some ? "as given with it" : "none: the base has no tariffs";
}

/// Tariffs above this are more often per cent by mistake than meant.
constexpr double dubious_rate = 5;

void doubt_rates(TradeScenarioSpec const& spec, std::vector<std::string>& warnings) {
  using Kind = TradeMeasureSpec::Kind;
  for (auto const& each : spec.measures) {
    bool const tariff = each.kind == Kind::tariff || each.kind == Kind::tariff_add;
    if (!tariff || each.number <= dubious_rate) continue;
    warnings.push_back(
        fmt::format("{}: a tariff of {:g} is one of {:g} %; rates are shares of the value: write "
                    "0.25 for 25 %.",
                    each.where, each.number, 100 * each.number));
  }
}

/// Tariffs of a file that touch no trade, a mistake as in a policy of a scenario.
void check_touched(TradeAdditions const& additions, TradeBase const& base, ErrorList& problems) {
  if (additions.tariffs.empty()) return;
  equilibrium::TradePolicy unused;
  if (set_tariffs(additions.tariffs, additions.among, base, unused) > 0) return;
  if (additions.among.empty()) {
    problems.add(ErrorCode::bad_value, "the file of tariffs touches no trade between two regions",
                 "--tariffs", "give new rates for regions that trade with each other");
    return;
  }
  std::vector<std::string> members;
  for (auto const each : additions.among) members.push_back(base.regions[each.index()]);
  problems.add(
      ErrorCode::bad_value,
      fmt::format("no tariff of the file is on trade between two of {}", fmt::join(members, ", ")),
      "--among", "name importers and exporters of the file, two at least");
}

/// Rates of the base that a file states otherwise than the base has them.
void compare_rates(std::vector<TariffCell> const& cells, TradeBase const& base,
                   std::vector<std::string>& warnings) {
  constexpr double tolerance = 5e-4;
  bool const states_base =
      std::any_of(cells.begin(), cells.end(), [](auto const& cell) { return cell.rate != 0; });
  if (!states_base) return;
  auto const other = std::count_if(cells.begin(), cells.end(), [&](auto const& cell) {
    auto const place = base.grid.pair(cell.sector, cell.importer, cell.exporter);
    return std::abs(base.tariff_at(place) - cell.rate) > tolerance;
  });
  if (other == 0) return;
  warnings.push_back(fmt::format(
      "{} of {} tariffs have another rate in the base than the file's rate_base says; changes are "
      "from those of the base to rate_new.",
      other, cells.size()));
}

}  // namespace

Result<TradeGround> trade_ground(TradeAccounts accounts, std::string vintage) {
  std::vector<RegionLabel> regions;
  std::vector<SectorLabel> sectors;
  for (auto const& label : accounts.regions) regions.push_back({label, label, {}});
  for (auto const& label : accounts.sectors) sectors.push_back({label, label, false});
  auto space = trade_space(std::move(regions), std::move(sectors));
  if (!space) return fail(space.error());
  return TradeGround{std::move(accounts), *std::move(space), std::move(vintage)};
}

Result<void> check_elasticities(TradeModelSpec const& model, IndustrySpace const& space,
                                ParameterSource const& source) {
  if (!model.theta) return {};  // a world has its own, or there is the shipped set
  auto const found = long_run(model, {}, space.labels().sectors, source);
  if (!found) return fail(found.error());
  return {};
}

Result<TradeQuestion> open_trade_question(TradeGround const& ground, TradeScenarioSpec const& spec,
                                          TradeAdditions const& additions,
                                          ParameterSource const& source, ErrorList problems) {
  auto found = elasticities(spec.model, ground, source);
  if (!found) problems.add(found.error());
  // Labels are looked up even where elasticities are missing: the user sees all problems at once.
  auto raw =
      equilibrium::calibrate(ground.accounts, DenseVector(ground.accounts.sectors.size(), 1.0));
  if (!raw) {
    problems.add(raw.error());
    return fail(in_line_order(problems.joined()));
  }
  TradeQuestion question;
  question.scenario = resolve_trade_scenario(spec, *raw, ground.space, problems);
  auto const known =
      uncertainty::find_equilibrium_parameters(spec.uncertain, ground.accounts.sectors);
  if (!known) problems.add(known.error());
  check_touched(additions, *raw, problems);
  if (!problems.empty()) return fail(in_line_order(problems.joined()));
  raw->theta = std::move(found->theta);

  auto const rule = deficit_rule(spec.model);
  auto base = equilibrium::consistent_base(*raw, rule);
  if (!base) {
    auto error = base.error();
    error.what = fmt::format("the base with deficits '{}' has no equilibrium: {}",
                             deficit_words(rule), error.what);
    return fail(std::move(error));
  }
  question.base = *std::move(base);
  if (!additions.tariffs.empty()) {
    compare_rates(additions.tariffs, question.base, question.warnings);
    auto const set =
        set_tariffs(additions.tariffs, additions.among, question.base, question.scenario.policy);
    question.scenario.cells += set;
    question.scenario.words.push_back(
        fmt::format("{} tariffs of a file{}", set,
                    additions.among.empty() ? "" : ", between members of a bloc only"));
  }
  auto& setting = question.setting;
  setting.model = question.scenario.ces ? "ces" : "cp";
  setting.closure = closure_words(question.scenario.closure);
  setting.has_wage = !question.scenario.closure.factors.all_specific;
  setting.theta = found->words;
  setting.horizon = found->horizon;
  setting.deficits = deficit_words(rule);
  setting.tariffs = tariff_words(question.base);
  setting.vintage = ground.vintage;
  setting.imports = "all other regions";
  doubt_rates(spec, question.warnings);
  question.warnings.insert(question.warnings.end(), found->warnings.begin(), found->warnings.end());
  return question;
}

}  // namespace linchpin::study
