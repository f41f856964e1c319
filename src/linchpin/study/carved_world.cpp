// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/carved_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "linchpin/study/autonomy_path.h"
#include "linchpin/study/power_run.h"
#include "linchpin/study/short_run_model.h"

namespace linchpin::study {
namespace {

constexpr double largest_share = 0.999;  // of a region that makes a line: some of it is bought

CarveLineSpec const& line_of(LeverageSpec const& spec, AfterSpec const& asked) {
  return *std::find_if(spec.carve.begin(), spec.carve.end(),
                       [&](auto const& each) { return each.line.value == asked.line.value; });
}

/// Points of a path that an autonomy study computes; what it is goes to the warnings.
Result<std::vector<AfterPoint>> computed_points(LeverageSpec const& spec, AfterSpec const& asked,
                                                Economy const& economy,
                                                ParameterSource const& source,
                                                std::vector<std::string>& warnings,
                                                RunControl const& control) {
  auto const& line = line_of(spec, asked);
  auto const path = autonomy_path({*asked.autonomy, asked.technology, asked.years, asked.programme},
                                  economy, source, control);
  if (!path) return fail(path.error());
  ErrorList errors;
  if (path->region != line.home.value) {
    errors.add(ErrorCode::bad_value,
               fmt::format("'{}' is about {}, {} is outlined for {}", asked.autonomy->value,
                           path->region, line.line.value, line.home.value),
               asked.autonomy->where, "name a study of the same region");
  }
  if (path->host != line.host.value) {
    errors.add(ErrorCode::bad_value,
               fmt::format("{} belongs to sector {}, {} is carved out of {}", path->technology,
                           path->host, line.line.value, line.host.value),
               asked.autonomy->where, "carve the line out of the sector of the technology");
  }
  if (!errors.empty()) return fail(errors.joined());
  std::vector<AfterPoint> points;
  for (auto const& year : path->years) {
    AfterPoint point;
    point.year = year.year;
    point.home_share = std::clamp(year.home_spending, 0.0, largest_share);
    point.cost_pct = year.cost_pct;
    point.relative_price = year.price;
    point.relative_quality = year.quality;
    points.push_back(point);
  }
  warnings.push_back(
      fmt::format("{} follows {}: its shares are those of what the region spends on that "
                  "technology, which need "
                  "not be the whole of the line (made at home in the study's carve: {:.2g}).",
                  line.line.value, path->words, line.home_share.value));
  return points;
}

struct Point {
  std::vector<CarveLineSpec> specs;  ///< `lines` point here
  std::vector<CarveLine> lines;
  TradeGround ground;
};

/// The world with the line made at home as far as the point says.
Result<Point> world_at(LeverageSpec const& spec, CarvedWorld const& carved, AfterSpec const& asked,
                       double home_share) {
  Point point{spec.carve, carved.lines, carved.central};
  for (std::size_t k = 0; k < point.lines.size(); ++k) {
    point.lines[k].spec = &point.specs[k];
    if (point.specs[k].line.value != asked.line.value) continue;
    auto& share = point.specs[k].home_share;
    share.value = share.low = share.high = home_share;
  }
  auto ground = carved_ground(carved.plain, point.lines, carved.ranges, Seed{0}, std::nullopt);
  if (!ground) return fail(ground.error());
  point.ground = *std::move(ground);
  return point;
}

/// Power over the line's home region: of all others together, or of each of them alone.
Result<std::vector<PowerPair>> power_at(LeverageSpec const& spec, CarvedWorld const& carved,
                                        AfterSpec const& asked, Point const& point, bool together,
                                        ParameterSource const& source,
                                        std::vector<std::string>& warnings,
                                        RunControl const& control) {
  auto const& home = line_of(spec, asked).home.value;
  PowerRequest request;
  for (auto const& region : point.ground.accounts.regions) {
    if (region != home) request.senders.push_back(region);
  }
  request.targets = {home};
  request.sectors = {asked.line.value};
  request.together = together;
  request.short_run = false;
  request.model = carved.model;
  request.ensemble = spec.ensemble;
  request.drawn = drawn_ground(carved, point.lines, seed_of(spec));
  auto found = run_power(point.ground, nullptr, request, source, control);
  if (!found) return fail(found.error());
  warnings.insert(warnings.end(), found->warnings.begin(), found->warnings.end());
  return std::move(found->pairs);
}

Error of_line(Error error, AfterSpec const& asked) {
  error.where = fmt::format("{}: {}", asked.line.where, error.where);
  return error;
}

}  // namespace

Seed seed_of(LeverageSpec const& spec) { return Seed{spec.ensemble ? spec.ensemble->seed : 0}; }

DrawnGround drawn_ground(CarvedWorld const& carved, std::vector<CarveLine> const& lines,
                         Seed seed) {
  return {
      [&carved, &lines, seed](std::size_t draw) {
        return carved_ground(carved.plain, lines, carved.ranges, seed, draw);
      },
      draw_words(carved.ranges.theta) +
          " Sales, shares and elasticities of the lines carved out are drawn in their own ranges "
          "likewise."};
}

Result<StandoffAnswer> standoff_on(CarvedWorld const& carved, std::vector<CarveLine> const& lines,
                                   TradeGround const& central, LeverageSpec const& spec,
                                   StandoffSpec const& standoff, Economy const& economy,
                                   ParameterSource const& source, RunControl const& control) {
  auto const world_of = [&](std::optional<std::size_t> draw) -> Result<StandoffBase> {
    std::optional<TradeGround> drawn;
    if (draw) {
      auto ground = carved_ground(carved.plain, lines, carved.ranges, seed_of(spec), draw);
      if (!ground) return fail(ground.error());
      drawn.emplace(*std::move(ground));
    }
    TradeScenarioSpec scenario;
    scenario.model = carved.model;
    auto question = open_trade_question(drawn ? *drawn : central, scenario, {}, source);
    if (!question) return fail(question.error());
    return StandoffBase{std::move(question->base), std::move(question->scenario.closure)};
  };
  // Files are read here, once: draws run in parallel.
  std::vector<ShortRunModel> models;
  std::vector<std::string> said;
  if (standoff.losses != StandoffLosses::settled) {
    auto found = short_run_models(economy.space(), source, standoff_days(standoff), false, said);
    if (!found) return fail(found.error());
    models = *std::move(found);
  }
  auto const days_of = [&](StandoffCase const& each, std::optional<std::size_t> draw,
                           RunControl const& inner) -> Result<StandoffDaily> {
    auto const split =
        carved_economy(economy, carved.plain, lines, carved.ranges, seed_of(spec), draw);
    if (!split) return fail(split.error());
    auto daily =
        standoff_daily(each, *split, spec.carve, economy.space(), models.front().options, inner);
    if (!daily) return fail(daily.error());
    daily->model = short_run_words(models);
    daily->warnings = said;
    return daily;
  };
  return run_standoff(standoff, central, world_of, days_of, spec.ensemble, control);
}

Result<void> ask_after(LeverageSpec const& spec, CarvedWorld const& carved, Economy const& economy,
                       ParameterSource const& source, LeverageStudyAnswer& answer,
                       RunControl const& control) {
  for (auto const& asked : spec.after) {
    auto points = asked.points;
    if (asked.autonomy) {
      auto computed = computed_points(spec, asked, economy, source, answer.warnings, control);
      if (!computed) return fail(of_line(computed.error(), asked));
      points = *std::move(computed);
    }
    auto const& home = line_of(spec, asked).home.value;
    for (auto const& year : points) {
      auto const point = world_at(spec, carved, asked, year.home_share);
      if (!point) return fail(of_line(point.error(), asked));
      for (bool const together : {true, false}) {
        auto power =
            power_at(spec, carved, asked, *point, together, source, answer.warnings, control);
        if (!power) return fail(of_line(power.error(), asked));
        auto& rows = together ? answer.after : answer.path;
        for (auto& pair : *power) {
          if (!together && !pair.trade) continue;
          rows.push_back({home, asked.line.value, year.year, year.home_share, year.cost_pct,
                          year.relative_price, year.relative_quality, std::move(pair)});
        }
      }
      for (auto standoff : spec.standoffs) {
        // What stands beside the payoffs is asked once, for today's shares.
        if (standoff.losses == StandoffLosses::both) standoff.losses = StandoffLosses::settled;
        auto found = standoff_on(carved, point->lines, point->ground, spec, standoff, economy,
                                 source, control);
        if (!found) return fail(of_line(found.error(), asked));
        answer.standoff_after.push_back(
            {home, asked.line.value, year.year, year.home_share, *std::move(found)});
      }
    }
  }
  return {};
}

}  // namespace linchpin::study
