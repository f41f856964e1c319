// SPDX-License-Identifier: Apache-2.0
#include "reference/autonomy_plain.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace linchpin::reference::autonomy {
namespace {

struct State {
  double experience, quality, reached;
  Capacity capacity;
  double abroad = 1;  ///< experience of makers there, over the first
};

/// Prices of the line, over the base; wanted exports, over the base.
struct Prices {
  double home = 1, foreign = 1, inputs = 1, exports = 1, scarcity = 1;
};

/// What technology does in a year.
struct Technology {
  double cost = 0, price = 0, paid = 0, foreign_paid = 0, foreign_cost = 1, cut = 0;
  double home = 0, foreign = 0, unmet = 0, reached = 0, exported = 0, made = 0, room = 0;
  double quality_worth = 0;  ///< ln odds that users would choose with all to be had
  State next;
};

struct Economy {
  Prices prices;
  double welfare = 0;
};

/// y' = f(y) over one year.
template <class F>
double one_year(double y, F const& f) {
  constexpr int steps = 400;
  constexpr double dt = 1.0 / steps;
  for (int k = 0; k < steps; ++k) {
    auto const a = f(y), b = f(y + dt / 2 * a), c = f(y + dt / 2 * b), d = f(y + dt * c);
    y += dt / 6 * (a + 2 * b + 2 * c + d);
  }
  return y;
}

class Plain {
 public:
  explicit Plain(Case const& each) : c_(each) {
    auto const& w = c_.world;
    share_ = w.share[c_.line][c_.home][c_.home];
    money_ = w.spending[c_.home][c_.line];
    for (std::size_t n = 0; n < w.regions; ++n) {
      if (n == c_.home) continue;
      exports_ += w.share[c_.line][n][c_.home] * w.spending[n][c_.line] /
                  (1 + w.tariff[c_.line][n][c_.home]) / money_;
    }
    // In the first year those who find home goods good enough divide as the shares say.
    auto const at_home = share_ / good_enough(c_.quality);
    appeal_ = std::log(at_home / (1 - at_home)) -
              utility_odds(c_.first_cost * (1 + c_.markup), 1, c_.quality, 0);
  }

  Curve run() {
    Curve curve;
    auto const without = path(c_.without);
    auto const with = path(c_.with);
    for (int t = 0; t < c_.years; ++t) {
      auto const at = static_cast<std::size_t>(t);
      read(without[at], curve.without);
      read(with[at], curve.with);
      curve.cost.push_back(1 - curve.with.welfare[at] / curve.without.welfare[at]);
      curve.loss_without.push_back(cut(without, c_.without, at));
      curve.loss_with.push_back(cut(with, c_.with, at));
    }
    return curve;
  }

 private:
  struct Stand {
    State before;
    Technology technology;
    Economy economy;
    double resources = 0;
  };

  double good_enough(double quality) const {
    return std::clamp((quality - c_.lowest) / (c_.highest - c_.lowest), 0.0, 1.0);
  }
  double theta(double horizon = 1) const { return c_.world.theta[c_.line] * horizon; }

  /// u(home) − u(foreign) without appeal.
  double utility_odds(double home, double foreign, double quality, double discouragement) const {
    return -theta() * std::log(home / (foreign * (1 + c_.fear))) +
           c_.quality_coefficient * (std::min(quality, 1.0) - 1) + discouragement;
  }

  Technology technology_in(State const& s, Year const& y, Prices const& p) const {
    Technology t;
    auto const b = -std::log2(1 - c_.learning_rate);
    t.cost = (c_.floor + (c_.first_cost - c_.floor) *
                             std::pow(std::max(s.experience / c_.experience, 1.0), -b)) *
             (1 + c_.tool_penalty * (1 - y.tool_access)) * p.inputs;
    t.price = c_.first_cost * (1 + c_.markup) * p.home;
    t.paid = t.price * (1 - y.purchase_subsidy);
    t.cut = c_.foreign_answer * (1 - 1 / (1 + c_.foreign_markup)) *
            std::max(s.reached - share_, 0.0) / (1 - share_);
    t.foreign_paid = p.foreign * (1 - t.cut) * (1 + y.tariff);
    auto const logit = [&](double discouragement) {
      return 1 / (1 + std::exp(-appeal_ -
                               utility_odds(t.paid, t.foreign_paid, s.quality, discouragement)));
    };
    auto const fine_home = good_enough(s.quality), fine_foreign = good_enough(1);
    auto const chosen = logit(y.discouragement);
    auto const a = y.product_access;
    auto const home = fine_home * (y.mandate + (1 - y.mandate) * (a * chosen + 1 - a));
    auto const foreign =
        fine_home * (1 - y.mandate) * a * (1 - chosen) + (fine_foreign - fine_home) * a;
    auto const free = fine_home * logit(0);
    t.quality_worth = std::log(free / (fine_foreign - free));
    t.reached = s.reached <= home
                    ? one_year(s.reached,
                               [&](double f) {
                                 return (c_.innovation + c_.imitation * f / home) * (home - f);
                               })
                    : home + (s.reached - home) * std::exp(-c_.innovation - c_.imitation);
    auto const wanted_abroad = exports_ * p.exports;
    auto const served = std::min(s.capacity.installed / (t.reached + wanted_abroad), 1.0);
    t.home = served * t.reached;
    t.exported = served * wanted_abroad;
    t.made = t.home + t.exported;
    t.room = s.capacity.installed - t.home;
    t.foreign = std::clamp(foreign + home - t.home, 0.0, std::min(a * fine_foreign, 1 - t.home));
    t.unmet = std::max(1 - t.home - t.foreign, 0.0);

    t.foreign_cost = c_.foreign_floor +
                     (1 - c_.foreign_floor) * std::pow(s.abroad, std::log2(1 - c_.foreign_rate));
    auto const first = share_ + exports_;
    t.next.abroad =
        s.abroad +
        (c_.foreign_made + first - t.made + c_.foreign_spillover * y.tool_access * t.made) /
            (c_.foreign_made + c_.foreign_spillover * first) / c_.foreign_years;
    t.next.reached = t.reached;
    t.next.experience =
        s.experience + t.made + c_.spillover_abroad * y.tool_access * c_.foreign_made;
    auto const speed = c_.catch_up * y.research * (1 - c_.control_effect * (1 - y.tool_access));
    auto const growth =
        c_.own_growth + c_.quality_learning * std::log(t.next.experience / s.experience);
    t.next.quality = one_year(
        s.quality, [&](double q) { return q * (growth - c_.frontier_growth) + speed * (1 - q); });
    auto const kept = s.quality * std::exp(-c_.frontier_growth);
    t.next.quality = std::min(t.next.quality, std::max(c_.ceiling, kept));
    auto const margin = t.cost * (1 + c_.markup) - t.cost * (1 - c_.capital_share);
    auto const plant = c_.capital_cost * t.cost / c_.first_cost;
    double value = -plant * (1 - y.investment_subsidy);
    for (int k = 1; k <= static_cast<int>(c_.lifetime); ++k) {
      value += margin * c_.utilisation * std::pow(1 - c_.scrapping, k - 1) *
               std::pow(1 + c_.discount_rate, -(c_.lead_time + k));
    }
    double under_way = s.capacity.installed;
    for (double const order : s.capacity.orders) under_way += order;
    double share = value > 0 ? 1 : 0;
    if (c_.hurdle_spread > 0) {
      auto const passed = std::exp(value / plant / c_.hurdle_spread);
      share = passed / (1 + passed);
    }
    auto const order =
        share * std::max((t.reached + wanted_abroad) / c_.aimed_utilisation - under_way, 0.0);
    auto pipeline = s.capacity.orders;
    pipeline.resize(static_cast<std::size_t>(c_.lead_time), 0.0);
    pipeline.back() += order;
    t.next.capacity.installed = s.capacity.installed * (1 - c_.scrapping) + pipeline.front();
    t.next.capacity.orders.assign(pipeline.begin() + 1, pipeline.end());
    return t;
  }

  /// The trade equilibrium with the wedges of these shares at these prices.
  Economy economy_in(Technology const& t, Year const& y, Prices const& p, double inputs,
                     double horizon) const {
    auto world = c_.world;
    for (auto& each : world.theta) each *= horizon;
    auto const l = c_.line, h = c_.home;
    auto const th = theta(horizon);
    auto change = trade::no_change(world);
    change.productivity[h][l] = c_.first_cost / t.cost * inputs;
    for (std::size_t i = 0; i < world.regions; ++i) {
      if (i != h) change.productivity[i][l] = 1 / t.foreign_cost;
    }
    change.subsidy[h][l] = y.production_subsidy;
    // Beyond price, what the choice of users adds.
    auto const by_price =
        std::log(share_ / (1 - share_)) -
        theta() * std::log(t.paid / t.foreign_paid / c_.first_cost / (1 + c_.markup));
    auto const worth = (t.quality_worth - by_price) / theta();
    auto const odds = share_ / (1 - share_) *
                      std::pow(p.home * (1 - y.purchase_subsidy) / (p.foreign * (1 - t.cut)) /
                                   (1 + y.tariff) * std::exp(-worth),
                               -th);
    auto const free = odds / (1 + odds);
    auto const served = t.home / (t.home + t.foreign);
    auto const turned_away = t.reached - t.home;
    auto const all = (t.home + turned_away) / (t.home + t.foreign);
    auto eased = 1.0, ration = 1.0;
    auto& mask = change.mask[l][h];
    auto const odds_of = [](double s) { return s / (1 - s); };
    if (t.foreign < 1e-12 || served > free) {
      auto const bound = (served - free) / (1 - free);
      auto const index = std::pow(served / free, 1 / th);  // what icebergs alone would do
      eased = std::pow(free, -bound / th) / index;
      for (std::size_t i = 0; i < world.regions; ++i) {
        if (i != h) mask[i] = t.foreign < 1e-12 ? 0 : odds_of(free) / odds_of(served);
      }
    } else {
      auto const chosen = std::max(served, std::min(all, free));
      auto const bound = (free - chosen) / free;
      eased = std::pow(1 - free, -bound / th) / std::pow((1 - chosen) / (1 - free), 1 / th);
      mask[h] = odds_of(chosen) / odds_of(free);
      ration = std::pow(odds_of(chosen) / odds_of(served), 1 / th);
    }
    auto const scarce = 1 / (1 - std::min(t.unmet, 0.99));
    for (std::size_t i = 0; i < world.regions; ++i) {
      change.iceberg[l][h][i] = eased * (i == h ? std::exp(-worth) : 1.0);
      if (i == h) continue;
      change.tariff[l][h][i] = (1 + world.tariff[l][h][i]) * (1 + y.tariff) * scarce - 1;
      change.export_tax[l][i][h] = p.scarcity - 1;
      change.export_tax[l][h][i] = -t.cut;
    }
    change.export_tax[l][h][h] = ration * scarce * (1 - y.purchase_subsidy) - 1;
    auto const found = trade::solve(world, change, trade::cobb_douglas(world));
    if (found.status != trade::Status::solved) throw std::runtime_error("no equilibrium");

    Economy e;
    e.welfare = found.welfare[h];
    e.prices.home = found.unit_cost[h][l] * (1 - y.production_subsidy);
    e.prices.inputs = found.unit_cost[h][l] * change.productivity[h][l];
    double weight = 0, sum = 0, sold = 0;
    for (std::size_t i = 0; i < world.regions; ++i) {
      if (i == h) continue;
      weight += world.share[l][h][i];
      sum += world.share[l][h][i] * std::pow(found.unit_cost[i][l], -th);
      sold += found.share[l][i][h] * found.spending[i][l] /
              ((1 + change.tariff[l][i][h]) * p.scarcity) / e.prices.home / money_;
    }
    e.prices.foreign = std::pow(sum / weight, -1 / th);
    e.prices.exports = sold / exports_ * std::pow(p.scarcity, th);
    e.prices.scarcity =
        std::max(p.scarcity * std::pow(sold / std::max(t.room, 0.01 * exports_), 1 / th), 1.0);
    return e;
  }

  static double apart(Prices const& a, Prices const& b) {
    return std::max({std::abs(a.home - b.home), std::abs(a.foreign - b.foreign),
                     std::abs(a.inputs - b.inputs), std::abs(a.exports - b.exports),
                     std::abs(a.scarcity - b.scarcity)});
  }

  /// Repeats `next` from `p` until prices stay.
  template <class F>
  static Economy settle(Prices p, F const& next) {
    for (int round = 0; round < 400; ++round) {
      auto const e = next(p);
      if (apart(e.prices, p) < 1e-10) return e;
      auto const half = [](double a, double b) { return 0.3 * a + 0.7 * b; };
      p = {half(p.home, e.prices.home), half(p.foreign, e.prices.foreign),
           half(p.inputs, e.prices.inputs), half(p.exports, e.prices.exports),
           half(p.scarcity, e.prices.scarcity)};
    }
    throw std::runtime_error("prices do not settle");
  }

  std::vector<Stand> path(std::vector<Year> const& years) const {
    std::vector<Stand> result;
    State state{c_.experience, c_.quality, share_, c_.capacity, 1};
    Prices prices;
    for (auto const& year : years) {
      Stand stand{state, {}, {}, 0};
      stand.economy = settle(prices, [&](Prices const& p) {
        return economy_in(technology_in(state, year, p), year, p, p.inputs, 1);
      });
      prices = stand.economy.prices;
      stand.technology = technology_in(state, year, prices);
      auto const& t = stand.technology;
      auto const spent =
          c_.research_share * (year.research - 1) * t.cost * (1 + c_.markup) * t.made;
      stand.resources = spent * money_ / c_.world.income[c_.home];
      state = t.next;
      result.push_back(stand);
    }
    return result;
  }

  /// Technology and economy of one year at θ of a horizon.
  std::pair<Technology, double> year_at(State const& state, Year const& year, Prices const& from,
                                        double horizon) const {
    auto const e = settle(from, [&](Prices const& p) {
      return economy_in(technology_in(state, year, p), year, p, p.inputs, horizon);
    });
    return {technology_in(state, year, e.prices), e.welfare};
  }

  double cut(std::vector<Stand> const& path, std::vector<Year> const& years,
             std::size_t tau) const {
    auto without = path[tau].before, with = without;
    double used = 0, lost = 0, weight = 1;
    for (std::size_t h = 0; h < static_cast<std::size_t>(c_.cut_years); ++h) {
      auto const& same = path[tau + h];
      auto year = years[tau + h];
      year.product_access *= c_.leakage;
      year.tool_access *= 1 - c_.tool_control * (1 - c_.leakage);
      auto const& from = same.economy.prices;
      auto const [open, before] = year_at(without, years[tau + h], from, c_.horizon[h]);
      auto const [closed, after] = year_at(with, year, from, c_.horizon[h]);
      used += weight * same.economy.welfare;
      lost += weight * same.economy.welfare * (1 - after / before);
      weight *= c_.discount;
      without = open.next;
      with = closed.next;
    }
    return lost / used;
  }

  void read(Stand const& stand, Path& path) const {
    path.welfare.push_back(stand.economy.welfare * (1 - stand.resources));
    path.home_share.push_back(stand.technology.home);
    path.unit_cost.push_back(stand.technology.cost * (1 + c_.markup) /
                             (stand.economy.prices.foreign * (1 - stand.technology.cut)));
    path.quality.push_back(stand.before.quality);
    path.experience.push_back(stand.before.experience / c_.experience);
    path.exported.push_back(stand.technology.exported / exports_);
  }

  Case const& c_;
  double share_ = 0, money_ = 0, exports_ = 0, appeal_ = 0;
};

}  // namespace

Curve curve_of(Case const& each) { return Plain{each}.run(); }

}  // namespace linchpin::reference::autonomy
