// SPDX-License-Identifier: Apache-2.0
#include "linchpin/study/signal_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "linchpin/core/parallel.h"
#include "linchpin/equilibrium/outcome.h"
#include "linchpin/equilibrium/solve.h"
#include "linchpin/leverage/equilibrium_power.h"
#include "linchpin/leverage/signalling.h"
#include "linchpin/study/leverage_carve.h"
#include "linchpin/study/threat_bands.h"

namespace linchpin::study {
namespace {

using equilibrium::TradeBase;
using leverage::SignalLimits;
using leverage::Signalling;
using Places = std::vector<std::size_t>;

/// Wedges at which costs are looked at, from nothing to all but a denial.
constexpr std::array wedges{0.005, 0.01, 0.02, 0.05, 0.1, 0.2,  0.3,  0.5,  0.75, 1.0,
                            1.5,   2.0,  3.0,  5.0,  8.0, 12.0, 20.0, 40.0, 100.0};
constexpr int halvings = 30;  // of a bracket of wedges

/// A point of the curve of one type: what is given up, and what that costs in a year.
struct Point {
  double wedge = 0, given_up = 0, cost = 0;  ///< shares
};

/// One type of the target.
struct Type {
  TradeBase base;
  double loss = 0;         ///< by the denial, share of real final spending
  double sender_loss = 0;  ///< of the senders together [unit per year]
  bool unsettled = false;  ///< the denial has no loss that is a number
  std::vector<Point> curve;
};

/// What is asked, as places.
struct Asked {
  std::size_t target = 0;
  Places senders, sectors;
  SignalInstrument instrument = SignalInstrument::wedge;
  equilibrium::Closure closure;
};

Result<Point> discouraged(TradeBase const& base, Asked const& asked, double wedge) {
  equilibrium::TradePolicy policy;
  bool const tariff = asked.instrument == SignalInstrument::tariff;
  if (tariff) {
    equilibrium::fill_tariffs(policy, base);
  } else {
    equilibrium::fill_pairs(policy.iceberg, base.grid, 1);
  }
  for (auto const j : asked.sectors) {
    for (auto const sender : asked.senders) {
      auto const cell = base.grid.pair(j, asked.target, sender);
      if (tariff) {
        policy.tariff[cell] = (1 + policy.tariff[cell]) * (1 + wedge) - 1;
      } else {
        policy.iceberg[cell] = 1 + wedge;
      }
    }
  }
  auto const found = equilibrium::solve(base, policy, asked.closure);
  if (!found) return fail(found.error());
  double before = 0, after = 0;
  for (auto const j : asked.sectors) {
    for (auto const sender : asked.senders) {
      auto const flow = equilibrium::flow_at(base, policy, *found, j, asked.target, sender);
      before += flow.before;
      after += flow.after;
    }
  }
  return Point{wedge, before > 0 ? 1 - after / before : 0,
               leverage::final_spending_loss(base, *found, asked.target)};
}

/// The curve of a type, from nothing (0, 0) to the denial (1, loss); points the model has no answer
/// for are left out.
Result<void> add_curve(Type& type, Asked const& asked, RunControl const& control) {
  std::vector<std::optional<Point>> found(wedges.size());
  auto const done = parallel_for(wedges.size(), control, "signals", [&](std::size_t w) {
    auto point = discouraged(type.base, asked, wedges[w]);
    if (point) found[w] = *point;
  });
  if (!done) return fail(done.error());
  type.curve.push_back({});
  for (auto const& each : found) {
    if (each && each->given_up > type.curve.back().given_up) type.curve.push_back(*each);
  }
  type.curve.push_back({std::numeric_limits<double>::infinity(), 1, type.loss});
  return {};
}

/// Cost of giving up the share `s`, between the points of the curve.
double cost_at(Type const& type, double s) {
  for (std::size_t k = 1; k < type.curve.size(); ++k) {
    auto const& low = type.curve[k - 1];
    auto const& high = type.curve[k];
    if (s > high.given_up) continue;
    double const part = (s - low.given_up) / (high.given_up - low.given_up);
    return low.cost + part * (high.cost - low.cost);
  }
  return type.curve.back().cost;
}

/// Smallest share given up that costs the type `cost` in a year: infinite if none does, a wedge to
/// nine digits where one does, between the last wedge and the denial a straight line.
double share_that_costs(Type const& type, Asked const& asked, double cost) {
  auto const above = std::find_if(type.curve.begin() + 1, type.curve.end(),
                                  [&](Point const& each) { return each.cost >= cost; });
  if (above == type.curve.end()) return std::numeric_limits<double>::infinity();
  Point low = *(above - 1), high = *above;
  for (int half = 0; half < halvings && std::isfinite(high.wedge); ++half) {
    auto const middle = discouraged(type.base, asked, (low.wedge + high.wedge) / 2);
    if (!middle) break;
    (middle->cost >= cost ? high : low) = *middle;
  }
  if (!(high.cost > low.cost)) return high.given_up;
  double const part = (cost - low.cost) / (high.cost - low.cost);
  return part >= 1 ? high.given_up : low.given_up + part * (high.given_up - low.given_up);
}

/// The base with elasticities of a type, and what the denial costs everybody; `why` where it has no
/// loss that is a number.
Result<Type> type_of(TradeBase const& base, DenseVector const& theta, Asked const& asked,
                     std::string& why) {
  Type type{base, 0, 0, false, {}};
  type.base.theta = theta;
  leverage::EquilibriumPowerOptions const options{asked.sectors, false, asked.closure};
  auto const power = leverage::equilibrium_power(type.base, asked.senders, asked.target, options);
  if (!power) return fail(power.error());
  if (!power->target_loss_pct) {
    why = power->lost.empty() ? power->failed : power->lost;
    type.unsettled = true;
    return type;
  }
  if (!power->trade) why = "the senders sell it nothing of what would be withheld";
  type.loss = *power->target_loss_pct / 100;
  for (std::size_t k = 0; k < asked.senders.size(); ++k) {
    type.sender_loss += power->sender_loss_pct[k] / 100 * base.final_spending(asked.senders[k]);
  }
  return type;
}

SignalRange range_of(leverage::Interval const& interval) {
  SignalRange range;
  if (interval.empty) return range;
  range.low = Band{interval.low, {}, {}, {}};
  range.high = Band{interval.high, {}, {}, {}};
  return range;
}

void fill(SignalAnswer& answer, Signalling const& found) {
  answer.deterring_belief = Band{found.deterring_belief, {}, {}, {}};
  answer.separating = range_of(found.separating);
  answer.pooling = range_of(found.pooling);
  answer.mixing = range_of(found.mixing);
  answer.mixing_share = found.mixing_share;
  answer.silence_deters = found.silence_deters;
  answer.silence_threatened = found.silence_threatened;
  answer.silence_survives_intuition = found.silence_survives_intuition;
}

/// Both types, then the game between them and the senders.
Result<void> play(SignalAnswer& answer, Type const& dependent, Type const& resilient,
                  Asked const& asked, SignalRequest const& request, double spending) {
  answer.resilient_loss = 100 * resilient.loss;
  answer.dependent_loss = 100 * dependent.loss;
  double const demand =
      request.demand_pct ? *request.demand_pct / 100 : (resilient.loss + dependent.loss) / 2;
  answer.demand = 100 * demand;
  answer.gain = demand * spending;
  answer.penalty = resilient.sender_loss;
  if (!(dependent.loss > 0)) {
    answer.no_answer = "a denial costs the target nothing";
  } else if (!(resilient.loss > 0)) {
    answer.no_answer =
        "a denial costs a resilient target nothing: it has nothing to fear and "
        "nothing to show";
  } else if (demand > dependent.loss) {
    answer.no_answer =
        "the demand is more than a denial costs even a dependent target: neither "
        "type gives in, and there is nothing to signal";
  } else if (demand <= resilient.loss) {
    answer.no_answer =
        "the demand is no more than a denial costs a resilient target: both types "
        "give in, and there is nothing to signal";
  } else if (!(answer.penalty > 0)) {
    answer.no_answer =
        "carrying the threat out costs the senders nothing: they would do it "
        "whatever they believe, and no signal stops them";
  }
  if (!answer.no_answer.empty()) return {};
  double const ratio = request.threat_years / request.signal_years;
  SignalLimits limits;
  limits.dependent = share_that_costs(dependent, asked, ratio * demand);
  limits.resilient = std::min(1.0, share_that_costs(resilient, asked, ratio * resilient.loss));
  for (int k = 1; k < 20; ++k) {
    double const s = k / 20.0 * std::min(1.0, limits.dependent);
    limits.resilient_first = limits.resilient_first && cost_at(resilient, s) / resilient.loss <=
                                                           cost_at(dependent, s) / demand;
  }
  auto const found = leverage::signal_ranges(limits, answer.gain, answer.penalty, request.belief);
  if (!found) return fail(found.error());
  fill(answer, *found);
  if (!found->separating.empty) {
    answer.signal_cost = 100 * cost_at(resilient, found->separating.low);
  }
  return {};
}

void check(SignalRequest const& request, ErrorList& errors) {
  auto const bad = [&](double value, char const* where, char const* hint) {
    errors.add(ErrorCode::bad_value, fmt::format("{} is not allowed", value), where, hint);
  };
  if (request.senders.empty()) {
    errors.add(ErrorCode::missing_value, "no sender is named", "--senders",
               "say who would threaten: --senders CHN");
  }
  if (std::find(request.senders.begin(), request.senders.end(), request.target) !=
      request.senders.end()) {
    errors.add(ErrorCode::bad_value, fmt::format("'{}' is the target itself", request.target),
               "--senders", "nobody threatens itself");
  }
  if (!(request.belief >= 0 && request.belief <= 1)) {
    bad(request.belief, "--belief", "between 0 and 1");
  }
  if (request.demand_pct && !(*request.demand_pct > 0 && *request.demand_pct < 100)) {
    bad(*request.demand_pct, "--demand", "above 0, below 100 per cent");
  }
  if (!(request.signal_years > 0)) bad(request.signal_years, "--signal-years", "above 0");
  if (!(request.threat_years > 0)) bad(request.threat_years, "--threat-years", "above 0");
}

}  // namespace

Result<void> check_signal(SignalRequest const& request) {
  ErrorList errors;
  check(request, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

Result<SignalAnswer> run_signal(TradeGround const& ground, SignalRequest const& request,
                                ParameterSource const& source, RunControl const& control) {
  ErrorList errors;
  auto const targets = region_places({request.target}, "--target", ground.space, errors);
  auto senders = region_places(request.senders, "--senders", ground.space, errors);
  auto sectors = sector_places(request.sectors, "--sectors", ground.space, errors);
  if (auto const sound = check_signal(request); !sound) errors.add(sound.error());
  if (!errors.empty()) return fail(errors.joined());
  auto const world = open_leverage_world(ground, request.model, source);
  if (!world) return fail(world.error());
  auto const ranges = request.ranges
                          ? Result<ThetaRanges>{*request.ranges}
                          : theta_ranges(ground, request.model, source, world->base.theta);
  if (!ranges) return fail(ranges.error());
  Asked const asked{targets.front(), std::move(senders), std::move(sectors), request.instrument,
                    world->closure};
  SignalAnswer answer;
  answer.target = request.target;
  answer.senders = request.senders;
  answer.sectors = request.sectors;
  bool const tariff = request.instrument == SignalInstrument::tariff;
  answer.instrument = tariff ? "tariff" : "wedge";
  answer.size_words = "share of the purchases from the senders that is given up";
  answer.belief = request.belief;
  answer.signal_years = request.signal_years;
  answer.threat_years = request.threat_years;
  answer.unit = world->base.unit;
  answer.unit_words = to_string(world->base.unit);
  answer.setting = world->setting;
  answer.warnings = world->warnings;
  answer.warnings.push_back(fmt::format(
      "The two types of target are the ends of the ranges of all trade elasticities: {}.",
      ranges->words));
  if (!request.demand_pct) {
    answer.warnings.emplace_back(
        "What senders demand is taken half-way between what the denial costs the two types, for "
        "want of a better number: a larger demand asks for larger signals.");
  }
  auto dependent = type_of(world->base, ranges->low, asked, answer.no_answer);
  if (!dependent) return fail(dependent.error());
  answer.unsettled = dependent->unsettled;
  if (!answer.no_answer.empty()) return answer;
  auto resilient = type_of(world->base, ranges->high, asked, answer.no_answer);
  if (!resilient) return fail(resilient.error());
  answer.unsettled = resilient->unsettled;
  if (!answer.no_answer.empty()) return answer;
  for (auto* type : {&*dependent, &*resilient}) {
    if (auto const done = add_curve(*type, asked, control); !done) return fail(done.error());
    for (std::size_t k = 0; k + 1 < type->curve.size(); ++k) {
      auto const& point = type->curve[k];
      answer.costs.push_back(
          {type == &*resilient, 100 * point.wedge, point.given_up, 100 * point.cost});
    }
  }
  double const spending = world->base.final_spending(asked.target);
  if (auto const done = play(answer, *dependent, *resilient, asked, request, spending); !done) {
    return fail(done.error());
  }
  return answer;
}

Result<SignalAnswer> answer_signal(SignalFile const& file) {
  auto const case_of = [&](Rng* rng) {
    leverage::SignallingCase given;
    given.resilient_cost = drawn(file.resilient_cost, rng);
    given.dependent_cost = drawn(file.dependent_cost, rng);
    given.resilient_loss = drawn(file.resilient_loss, rng);
    given.dependent_loss = drawn(file.dependent_loss, rng);
    given.gain = drawn(file.gain, rng);
    given.penalty = drawn(file.penalty, rng);
    given.belief = drawn(file.belief, rng);
    return given;
  };
  auto const given = case_of(nullptr);
  auto const central = leverage::signal_ranges(given);
  if (!central) return fail(central.error());
  SignalAnswer answer;
  answer.title = file.title;
  answer.target = file.target;
  answer.senders = {file.sender};
  answer.instrument = "file";
  answer.size_words = "units of signal of the file";
  answer.belief = given.belief;
  answer.resilient_loss = given.resilient_loss;
  answer.demand = answer.dependent_loss = given.dependent_loss;
  answer.gain = given.gain;
  answer.penalty = given.penalty;
  answer.unit_words = file.unit;
  fill(answer, *central);
  if (!central->separating.empty) {
    answer.signal_cost = given.resilient_cost * central->cheapest_separating;
  }
  if (!file.ensemble) return answer;
  answer.seed = file.ensemble->seed;
  std::vector<Signalling> found;
  for (std::size_t draw = 0; draw < file.ensemble->draws; ++draw) {
    Rng rng(Seed{file.ensemble->seed}, draw);
    auto const each = leverage::signal_ranges(case_of(&rng));
    if (each) {
      found.push_back(*each);
    } else {
      ++answer.failed_draws;
    }
  }
  answer.draws = found.size();
  if (found.empty()) return answer;
  std::vector<double> beliefs;
  for (auto const& each : found) beliefs.push_back(each.deterring_belief);
  answer.deterring_belief = band_over(central->deterring_belief, std::move(beliefs));
  auto const over = [&](SignalRange& range, leverage::Interval Signalling::* which) {
    std::vector<double> low, high;
    for (auto const& each : found) {
      if ((each.*which).empty) continue;
      low.push_back((each.*which).low);
      high.push_back((each.*which).high);
    }
    range.share = static_cast<double>(low.size()) / static_cast<double>(found.size());
    if (range.low) range.low = band_over(range.low->central, std::move(low));
    if (range.high) range.high = band_over(range.high->central, std::move(high));
  };
  over(answer.separating, &Signalling::separating);
  over(answer.pooling, &Signalling::pooling);
  over(answer.mixing, &Signalling::mixing);
  return answer;
}

}  // namespace linchpin::study
