// SPDX-License-Identifier: Apache-2.0
// One product of a day: what is ordered of it, what its makers produce, who gets it.
#include <algorithm>
#include <cmath>

#include "linchpin/disrupt/day_model.h"
#include "linchpin/disrupt/day_scratch.h"

namespace linchpin::disrupt {
namespace {

/// A breakdown decays for ever; below this share of baseline output it is over, before the weights
/// of suppliers become too small to divide by.
constexpr double vanishing_output = 1e-100;
/// Sellers taken together: their rows stay in the second-level cache between what they are asked
/// for and what they deliver.
constexpr std::size_t sellers_at_once = 32;

}  // namespace

double const* DayModel::matrix() const noexcept {
  return shares_.active() ? shares_.values().data() : economy_.flows().raw();
}

Rows DayModel::rows_of(std::span<std::uint32_t const> industries) const noexcept {
  bool const sparse = baseline_->sparse && !shares_.active();
  return {matrix(), economy_.size(), industries, sparse ? &*baseline_->sparse : nullptr};
}

/// Cuts the columns of each product where the treatment of some row changes.
void DayModel::find_bands() {
  auto const& space = economy_.space();
  auto const& rows = baseline_->rows;
  bool const by_region = home_first_ || transport_.active();
  std::vector<std::vector<CutSchedule::Link const*>> links(rows.products());
  for (auto const& link : cuts_.links()) {
    links[space.sector_of(IndustryId{rows.industry_of(link.row)}).index()].push_back(&link);
  }
  bands_.resize(rows.products());
  for (std::size_t p = 0; p < rows.products(); ++p) {
    std::vector<std::size_t> edges{0, space.size()};
    for (auto const* link : links[p]) edges.insert(edges.end(), {link->first, link->last});
    for (std::size_t r = 0; by_region && r < space.regions(); ++r) {
      edges.push_back(space.first_of(RegionId{r}).index());
    }
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    for (std::size_t e = 0; e + 1 < edges.size(); ++e) {
      Band band{edges[e], edges[e + 1], {}, Band::none, Band::none};
      if (by_region) band.region = space.region_of(IndustryId{band.first}).index();
      bands_[p].push_back(std::move(band));
    }
    for (auto const* link : links[p]) {
      auto band = std::lower_bound(bands_[p].begin(), bands_[p].end(), link->first,
                                   [](Band const& each, auto at) { return each.first < at; });
      for (; band != bands_[p].end() && band->first < link->last; ++band) {
        band->touched.emplace_back(link->row - rows.first(p), link->group);
      }
    }
    for (auto& band : bands_[p]) {
      std::sort(band.touched.begin(), band.touched.end());
      if (!home_first_) continue;
      for (auto row = rows.first(p); row < rows.last(p); ++row) {
        if (region_of_row(row) == band.region) band.home = row - rows.first(p);
      }
    }
  }
}

/// Steps 1 to 5 for the sellers of one product, and what their buyers receive.
void DayModel::run_product(std::size_t product, int day) {
  static thread_local Scratch scratch;
  auto const n = economy_.size();
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  start_sums(product, scratch);
  served_final_[product].clear();

  auto const reachable = weighted_ ? reachable_.row(product) : std::span<double>{};
  if (weighted_ && stale_[product]) weigh(product, weight_, reachable.data(), scratch);
  place(product, scratch);
  // Tomorrow's denominators come with today's deliveries, unless a cut changes them overnight.
  if (weighted_) std::fill(reachable.begin(), reachable.end(), 0.0);
  for (auto from = first; from < last; from += sellers_at_once) {
    auto const to = std::min(last, from + sellers_at_once);
    sum_orders(product, from, to, scratch);
    for (auto row = from; row < to; ++row) {
      produce(row, product, scratch.sales.data() + (row - from) * lanes_,
              home_first_ ? scratch.sales_home.data() + (row - from) * lanes_ : nullptr);
    }
    if (!transport_.active()) {
      deliver(product, from, to, scratch.sums[0], weighted_ ? reachable.data() : nullptr, scratch);
    }
  }
  if (transport_.active()) deliver_later(product, scratch);
  serve_one_by_one(product, day, scratch);
  check_balance(product, scratch);

  receive_product(product, day, scratch);
  if (reserves_.active()) {
    ProductNumbers const numbers{numbers_.days.data() + product * lanes_,
                                 numbers_.cover.data() + product * lanes_, numbers_.restock.data()};
    scratch.ordered.resize(n * lanes_);
    place_orders(n, lanes_, numbers, options_.order_base == OrderBase::demand,
                 stock_.row(product).data(), orders_from_.data(), orders_used_.data(),
                 orders_demand_.data(), nullptr, nullptr, scratch.ordered.data());
    reserves_.release(day, product, scratch.ordered.data(), received_.row(product).data());
  }
  deliver_final_use(product);
  if (transport_.active()) delay_final_use(product, day);
  if (shares_.active()) move_shares(product, scratch);
}

/// Where deliveries are added up: straight into what is received, or by delay.
void DayModel::start_sums(std::size_t product, Scratch& scratch) {
  auto const received = received_.row(product);
  if (!transport_.active()) {
    std::fill(received.begin(), received.end(), 0.0);
    scratch.sums.assign(1, received.data());
    return;
  }
  scratch.later.resize(transport_.delays().size());
  scratch.sums.clear();
  for (auto& sum : scratch.later) {
    sum.assign(received.size(), 0.0);
    scratch.sums.push_back(sum.data());
  }
}

/// From sums over sellers to days of baseline use, today's or those of the day of arrival.
void DayModel::receive_product(std::size_t product, int day, Scratch& scratch) {
  auto const n = economy_.size();
  auto const received = received_.row(product);
  static thread_local DenseVector ones;
  if (shares_.active()) ones.assign(n, 1.0);
  double const* const use = shares_.active() ? ones.data() : baseline_->use.row(product).data();
  for (std::size_t d = 0; d < scratch.sums.size(); ++d) {
    receive(n, lanes_, scratch.placed.data(), use, scratch.sums[d]);
    if (!transport_.active()) continue;
    double* const arrivals = transport_.arrivals(day, transport_.delays()[d], product);
    for (std::size_t i = 0; i < received.size(); ++i) arrivals[i] += scratch.sums[d][i];
  }
  if (!transport_.active()) return;
  double* const arrivals = transport_.arrivals(day, 0, product);
  std::copy_n(arrivals, received.size(), received.data());
  std::fill_n(arrivals, received.size(), 0.0);
}

/// What buyers place with a supplier of weight one, from yesterday's output and this morning's
/// stock.
void DayModel::place(std::size_t product, Scratch& scratch) const {
  auto const n = economy_.size();
  ProductNumbers const numbers{numbers_.days.data() + product * lanes_,
                               numbers_.cover.data() + product * lanes_, numbers_.restock.data()};
  scratch.placed.resize(n * lanes_);
  auto const use = baseline_->use.row(product);
  place_orders(n, lanes_, numbers, options_.order_base == OrderBase::demand,
               stock_.row(product).data(), orders_from_.data(), orders_used_.data(),
               orders_demand_.data(), use.data(),
               weighted_ ? reachable_.row(product).data() : nullptr, scratch.placed.data());
  scratch.money = scratch.placed.data();
  if (!baseline_->any_scaled && !shares_.active()) return;
  scratch.scaled = scratch.placed;
  for (std::size_t f = 0; f < n; ++f) {
    double factor = baseline_->input_scale[f];
    if (shares_.active()) factor *= baseline_->bought[product * n + f] ? use[f] : 0.0;
    for (std::size_t s = 0; s < lanes_; ++s) scratch.scaled[f * lanes_ + s] *= factor;
  }
  scratch.money = scratch.scaled.data();
}

/// What is ordered from rows [from, to): Σ Z b g.
void DayModel::sum_orders(std::size_t product, std::size_t from, std::size_t to,
                          Scratch& scratch) const {
  auto const count = to - from;
  auto const offset = from - baseline_->rows.first(product);
  auto const rows = rows_of(baseline_->rows.industries(from, to));
  scratch.partial.assign(count * partials * lanes_, 0.0);
  scratch.sales.resize(count * lanes_);
  std::size_t begun = 0;
  auto const add = [&](std::size_t end, double const* const* factors) {
    if (begun < end) {
      add_orders(rows, begun, end, scratch.money, lanes_, factors, scratch.partial.data());
    }
    begun = end;
  };
  for (auto const& band : bands_[product]) {
    scratch.factors.assign(count, nullptr);
    bool touched = false;
    for (auto const& [row, group] : band.touched) {
      if (row < offset || row >= offset + count || !cuts_.in_force(group)) continue;
      scratch.factors[row - offset] = cuts_.booked(group);
      touched = true;
    }
    if (!touched) continue;
    add(band.first, nullptr);
    add(band.last, scratch.factors.data());
  }
  add(economy_.size(), nullptr);
  sum_partials(scratch.partial.data(), count, lanes_, scratch.sales.data());
  if (home_first_) sum_home_orders(from, to, scratch);
}

void DayModel::sum_home_orders(std::size_t from, std::size_t to, Scratch& scratch) const {
  auto const& space = economy_.space();
  scratch.sales_home.resize((to - from) * lanes_);
  for (auto row = from; row < to; ++row) {
    RegionId const home{region_of_row(row)};
    scratch.partial.assign(partials * lanes_, 0.0);
    auto const rows = rows_of(baseline_->rows.industries(row, row + 1));
    add_orders(rows, space.first_of(home).index(), space.last_of(home).index(), scratch.money,
               lanes_, nullptr, scratch.partial.data());
    sum_partials(scratch.partial.data(), 1, lanes_,
                 scratch.sales_home.data() + (row - from) * lanes_);
  }
}

/// Output and shares delivered of one seller.
void DayModel::produce(std::size_t row, std::size_t product, double const* ordered,
                       double const* ordered_home) {
  auto const f = baseline_->rows.industry_of(row);
  double const base = baseline_->output[f];
  if (base <= 0) return;  // nobody buys from it and it buys nothing: stays at 1
  for (std::size_t s = 0; s < lanes_; ++s) {
    auto const k = f * lanes_ + s;
    auto const at = row * lanes_ + s;
    double const weight = weighted_ ? weight_[at] : 1.0;
    double const intermediate = weight * ordered[s];
    double const demand = intermediate + final_booked_[at];
    demand_[k] = demand;
    double const able = overproduction_[k] * capacity_share_[k] * workers_[k];
    double const wanted = std::min(demand, able * base);
    // Nobody orders any more: not short of anything either.
    double const optimal = wanted < vanishing_output * base ? 0.0 : wanted;
    double const allowed = std::min(optimal, limit_[k] * base);
    double const made = allowed < vanishing_output * base ? 0.0 : allowed;
    optimal_[k] = optimal / base;
    output_[k] = made / base;
    if (lanes_ == 1 && short_of_input(k)) find_binding(f);

    double const even = demand > 0 ? made / demand : 1.0;
    double to_industries = even;
    ration_[at] = even;
    bool const rations = made < demand * (1 - 1e-12);
    one_by_one_[at] = 0;
    if (!rebuilt_.empty()) rebuilt_[at] = -1;
    auto const share = [](double part, double whole) {
      return whole > 0 ? std::clamp(part / whole, 0.0, 1.0) : 1.0;
    };
    switch (options_.rationing) {
      case Rationing::proportional:
        break;
      case Rationing::intermediate_first:
        if (!rations) break;
        to_industries = share(made, intermediate);
        ration_[at] = to_industries < 1 ? 0.0 : share(made - intermediate, final_booked_[at]);
        break;
      case Rationing::domestic_first: {
        ration_home_[at] = even;
        sent_home_[at] = weight * even;
        if (!rations) break;
        double const at_home = weight * ordered_home[s] + home_booked_[at];
        ration_home_[at] = share(made, at_home);
        sent_home_[at] = weight * ration_home_[at];
        to_industries = ration_home_[at] < 1 ? 0.0 : share(made - at_home, demand - at_home);
        ration_[at] = to_industries;
        break;
      }
      case Rationing::government_first:
        ration_government_[at] = even;
        if (!rations) break;
        ration_government_[at] = share(made, government_booked_[at]);
        to_industries = ration_government_[at] < 1
                            ? 0.0
                            : share(made - government_booked_[at], demand - government_booked_[at]);
        ration_[at] = to_industries;
        break;
      case Rationing::largest_first:
      case Rationing::smallest_relative_first:
      case Rationing::random:
        if (!rations) break;
        one_by_one_[at] = 1;
        to_industries = 0;
        ration_[at] = 0;
        break;
    }
    sent_[at] = weight * to_industries;

    double next = 1;
    if (options_.order_rule == OrderRule::reweighted) next = output_[k];
    if (options_.order_rule == OrderRule::available) next = std::min(able, limit_[k]);
    if (!numbers_.plain_weight[product]) {
      next = std::pow(next, numbers_.exponent[product * lanes_ + s]);
    }
    next_weight_[at] = next;
  }
}

/// Deliveries of rows [from, to), and what they count tomorrow if `next` is given.
void DayModel::deliver(std::size_t product, std::size_t from, std::size_t to, double* sum,
                       double* next, Scratch& scratch) const {
  auto const count = to - from;
  auto const offset = from - baseline_->rows.first(product);
  auto const rows = rows_of(baseline_->rows.industries(from, to));
  double const* const sent = sent_.data() + from * lanes_;
  double const* const counts = next != nullptr ? next_weight_.data() + from * lanes_ : nullptr;
  std::size_t begun = 0;
  auto const plain = [&](std::size_t end) {
    if (begun < end) add_deliveries(rows, begun, end, lanes_, sent, sum, counts, next);
  };
  for (auto const& band : bands_[product]) {
    bool const home = band.home >= offset && band.home < offset + count;
    bool const touched =
        std::any_of(band.touched.begin(), band.touched.end(), [&](auto const& each) {
          return each.first >= offset && each.first < offset + count && cuts_.in_force(each.second);
        });
    if (!home && !touched) continue;
    plain(band.first);
    scratch.weights.assign(sent, sent + count * lanes_);
    if (home) {
      auto const k = band.home - offset;
      std::copy_n(sent_home_.data() + (from + k) * lanes_, lanes_,
                  scratch.weights.data() + k * lanes_);
    }
    if (counts != nullptr) scratch.next_weights.assign(counts, counts + count * lanes_);
    for (auto const& [row, group] : band.touched) {
      if (row < offset || row >= offset + count || !cuts_.in_force(group)) continue;
      auto const k = (row - offset) * lanes_;
      scale(lanes_, cuts_.booked(group), scratch.weights.data() + k);
      if (counts != nullptr) scale(lanes_, cuts_.booked(group), scratch.next_weights.data() + k);
    }
    add_deliveries(rows, band.first, band.last, lanes_, scratch.weights.data(), sum,
                   counts != nullptr ? scratch.next_weights.data() : nullptr, next);
    begun = band.last;
  }
  plain(economy_.size());
}

/// Σ Z b weight over the sellers of a product.
void DayModel::weigh(std::size_t product, DenseVector const& weight, double* sum,
                     Scratch& scratch) const {
  auto const first = baseline_->rows.first(product);
  auto const count = baseline_->rows.last(product) - first;
  std::fill_n(sum, economy_.size() * lanes_, 0.0);
  auto const rows = rows_of(baseline_->rows.industries(first, first + count));
  for (auto const& band : bands_[product]) {
    scratch.weights.assign(weight.data() + first * lanes_,
                           weight.data() + (first + count) * lanes_);
    for (auto const& [row, group] : band.touched) {
      if (!cuts_.in_force(group)) continue;
      scale(lanes_, cuts_.booked(group), scratch.weights.data() + row * lanes_);
    }
    add_deliveries(rows, band.first, band.last, lanes_, scratch.weights.data(), sum, nullptr,
                   nullptr);
  }
}

/// In checked builds: what the sellers of a product made is what its buyers and final users get.
void DayModel::check_balance([[maybe_unused]] std::size_t product,
                             [[maybe_unused]] Scratch const& scratch) const {
#if defined(LINCHPIN_CHECKED)
  auto const first = baseline_->rows.first(product);
  auto const last = baseline_->rows.last(product);
  auto const regions = base_delivered_.columns();
  for (std::size_t s = 0; s < lanes_; ++s) {
    double base = 0, made = 0, demanded = 0, allocated = 0;
    for (auto row = first; row < last; ++row) {
      auto const f = baseline_->rows.industry_of(row);
      base += baseline_->output[f];
      demanded += demand_[f * lanes_ + s];
      made += demand_[f * lanes_ + s] > 0 ? output_[f * lanes_ + s] * baseline_->output[f] : 0.0;
      for (std::size_t r = 0; r < regions; ++r) {
        allocated += final_delivery(row, product, r, s);
      }
      if (!rebuilding_.empty()) allocated += rebuilding_[row * lanes_ + s] * rebuilt_share(row, s);
    }
    for (double const* const sum : scratch.sums) {
      for (std::size_t f = 0; f < economy_.size(); ++f) {
        allocated += scratch.money[f * lanes_ + s] * sum[f * lanes_ + s];
      }
    }
    for (std::size_t r = 0; r < regions && !served_final_[product].empty(); ++r) {
      allocated += served_final_[product][r * lanes_ + s];
    }
    // Output may fade to numbers too small to keep their digits: measured against the baseline.
    // Numbers that left the finite ones are said by simulate(), with day and industry.
    if (!std::isfinite(demanded + made + allocated)) return;
    LINCHPIN_ASSERT(std::abs(made - allocated) <= 1e-12 * base + 1e-10 * made);
  }
#endif
}

}  // namespace linchpin::disrupt
