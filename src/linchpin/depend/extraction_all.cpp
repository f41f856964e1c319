// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/extraction_all.h"

#include <cblas.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/extraction_multipliers.h"
#include "linchpin/depend/lu.h"

namespace linchpin::depend {
namespace {

/// Everything all pairs share.
struct PairTask {
  LeontiefSystem const& system;
  DenseMatrix const& L;
  Multipliers const& multiplier;
  double share;

  [[nodiscard]] std::size_t first(std::size_t region) const {
    return system.space().first_of(RegionId{region}).index();
  }
  [[nodiscard]] std::size_t last(std::size_t region) const {
    return system.space().last_of(RegionId{region}).index();
  }
  [[nodiscard]] PairLoss loss(IndustryId supplier, std::size_t buyer,
                              std::span<std::size_t const> suppliers,
                              std::span<double const> sigma) const {
    PairLoss result;
    result.supplier = supplier;
    result.buyer = RegionId{buyer};
    auto const home = system.space().region_of(supplier).index();
    result.output = party_loss(multiplier.output, suppliers, sigma, home, buyer);
    result.value_added = party_loss(multiplier.value_added, suppliers, sigma, home, buyer);
    return result;
  }
};

/// All suppliers of one product to one region, which replace each other.
class Resourcing {
 public:
  Resourcing(PairTask const& task, std::span<IndustryId const> suppliers, std::size_t buyer)
      : task_(task), buyer_(buyer), first_(task.first(buyer)), width_(task.last(buyer) - first_) {
    for (auto const id : suppliers) suppliers_.push_back(id.index());
    auto const count = suppliers_.size();
    A_ = DenseMatrix(count, width_);
    L_ = DenseMatrix(width_, count);
    for (std::size_t k = 0; k < count; ++k) {
      for (std::size_t c = 0; c < width_; ++c) {
        A_(k, c) = task.system.coefficient(suppliers[k], IndustryId{first_ + c});
        L_(c, k) = task.L(first_ + c, suppliers_[k]);
      }
    }
  }

  /// The pair whose supplier is number `k` of the product; nothing if the small system fails.
  [[nodiscard]] std::optional<PairLoss> extract(std::size_t k) const {
    auto const bought = A_.row(k);
    if (std::all_of(bought.begin(), bought.end(), [](double cell) { return cell == 0; })) {
      PairLoss nothing;
      nothing.supplier = IndustryId{suppliers_[k]};
      nothing.buyer = RegionId{buyer_};
      return nothing;
    }
    PairLoss counted;
    auto const order = first_then_others(k);
    auto const D = removal(order, counted);
    auto const count = order.size();
    auto const size = static_cast<int>(count), width = static_cast<int>(width_);
    // Rows of D follow `order`; the columns of L do after the product.
    DenseMatrix product(count, count), small(count, count), sigma(count, 1);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size, size, width, 1.0, D.data(), width,
                L_.data(), size, 0.0, product.data(), size);
    auto const output = task_.system.economy().output().raw().subspan(first_, width_);
    std::vector<std::size_t> ordered(count);
    for (std::size_t a = 0; a < count; ++a) {
      ordered[a] = suppliers_[order[a]];
      auto const row = D.row(a);
      sigma(a, 0) = std::inner_product(row.begin(), row.end(), output.begin(), 0.0);
      for (std::size_t b = 0; b < count; ++b) {
        small(a, b) = (a == b ? 1.0 : 0.0) + product(a, order[b]);
      }
    }
    auto const bad = factorise(small, {.threads = 1});
    if (!bad || bad->has_value()) return std::nullopt;
    solve_factorised(small, sigma, 1);
    auto loss = task_.loss(IndustryId{suppliers_[k]}, buyer_, ordered, sigma.values());
    loss.taken_away = counted.taken_away;
    loss.not_resourced = counted.not_resourced;
    return loss;
  }

 private:
  // The extracted supplier goes first: pivots stay positive, see `lost_output` in extraction.cpp.
  [[nodiscard]] std::vector<std::size_t> first_then_others(std::size_t k) const {
    std::vector<std::size_t> order{k};
    for (std::size_t other = 0; other < suppliers_.size(); ++other) {
      if (other != k) order.push_back(other);
    }
    return order;
  }

  [[nodiscard]] DenseMatrix removal(std::vector<std::size_t> const& order,
                                    PairLoss& counted) const {
    DenseMatrix D(order.size(), width_);
    auto const output = task_.system.economy().output().raw();
    for (std::size_t c = 0; c < width_; ++c) {
      double offered = 0;
      for (std::size_t a = 1; a < order.size(); ++a) offered += A_(order[a], c);
      double const missing = D(0, c) = task_.share * A_(order[0], c);
      counted.taken_away += missing * output[first_ + c];
      if (!(offered > 0)) {
        counted.not_resourced += missing * output[first_ + c];
        continue;
      }
      for (std::size_t a = 1; a < order.size(); ++a) {
        D(a, c) = -missing * (A_(order[a], c) / offered);
      }
    }
    return D;
  }

  PairTask const& task_;
  std::size_t buyer_, first_, width_;
  std::vector<std::size_t> suppliers_;
  DenseMatrix A_;  // suppliers x the buyer's industries
  DenseMatrix L_;  // the buyer's industries x suppliers
};

/// sigma = a x / (1 + a L_s).
PairLoss plain_pair(PairTask const& task, std::size_t supplier, std::size_t buyer) {
  auto const output = task.system.economy().output().raw();
  double taken = 0, feedback = 0;
  for (auto j = task.first(buyer); j < task.last(buyer); ++j) {
    double const a = task.share * task.system.coefficient(IndustryId{supplier}, IndustryId{j});
    taken += a * output[j];
    feedback += a * task.L(j, supplier);
  }
  double const sigma = taken / (1 + feedback);
  auto loss = task.loss(IndustryId{supplier}, buyer, {&supplier, 1}, {&sigma, 1});
  loss.taken_away = taken;
  return loss;
}

/// Where the pair stands in the list: suppliers in order, buyers in order, the own region left out.
std::size_t place_of_pair(IndustrySpace const& space, std::size_t supplier, std::size_t buyer) {
  auto const home = space.region_of(IndustryId{supplier}).index();
  return supplier * (space.regions() - 1) + buyer - (buyer > home ? 1 : 0);
}

Result<void> resourced_pairs(PairTask const& task, std::vector<PairLoss>& pairs,
                             RunControl const& control) {
  auto const& space = task.system.space();
  auto const regions = space.regions();
  use_single_threaded_blas();
  std::vector<char> failed(space.sectors() * regions, 0);
  auto const done = parallel_for(failed.size(), control, "extract pairs", [&](std::size_t k) {
    auto const suppliers = space.industries_of(SectorId{k / regions});
    auto const buyer = k % regions;
    if (suppliers.empty()) return;
    Resourcing const product(task, suppliers, buyer);
    for (std::size_t s = 0; s < suppliers.size(); ++s) {
      if (space.region_of(suppliers[s]).index() == buyer) continue;
      auto const loss = product.extract(s);
      if (!loss) {
        failed[k] = 1;
      } else {
        pairs[place_of_pair(space, suppliers[s].index(), buyer)] = *loss;
      }
    }
  });
  if (!done) return fail(done.error());
  auto const bad = std::find(failed.begin(), failed.end(), 1);
  if (bad == failed.end()) return {};
  auto const k = static_cast<std::size_t>(bad - failed.begin());
  return fail(ErrorCode::unproductive_table,
              "with the new orders of " + space.label(RegionId{k % regions}) +
                  " the industries need more than they make",
              space.label(SectorId{k / regions}),
              "the table has negative value added: look at `linchpin table check`");
}

/// (factor of column k of L, amount off the industry itself): the loss of an extraction.
struct Weights {
  double column = 0;
  double own = 0;
};

Weights weights_of(ExtractionKind kind, double share, double x, double f, double l, double a) {
  double const round = share * (l - 1);
  if (kind == ExtractionKind::forward) return {share * (x - f) / (1 + round), 0};
  if (kind == ExtractionKind::backward) {
    double const y = x / (1 + round);
    return {share * y, share * y};
  }
  double const both = l - 1 - l * a;  // chains that leave the industry and come back
  double const m11 = 1 + round, m12 = share * share * both, m21 = l, m22 = 1 + share * both;
  double const b1 = share * (x - f) - share * f * round, b2 = x - share * f * l;
  double const determinant = m11 * m22 - m12 * m21;
  double const y1 = (b1 * m22 - b2 * m12) / determinant;
  double const y2 = (b2 * m11 - b1 * m21) / determinant;
  return {share * f + y1 + share * (1 - a) * y2, share * y2};
}

/// Flows that an extraction of industry `id` takes away: own use counts once.
double flows_of(Economy const& economy, ExtractionKind kind, IndustryId id) {
  double bought = 0;
  for (std::size_t i = 0; i < economy.size(); ++i) bought += economy.flows()(IndustryId{i}, id);
  double const output = economy.output()[id];
  if (kind == ExtractionKind::backward) return bought;
  if (kind == ExtractionKind::forward) return output - final_use_of(economy, id);
  return output + bought - economy.flows()(id, id);
}

}  // namespace

Result<std::vector<PairLoss>> extract_all_pairs(LeontiefSystem const& system, double share,
                                                bool resourced, RunControl const& control) {
  if (auto const good = check_share(share, "extraction"); !good) return fail(good.error());
  auto const& space = system.space();
  auto const regions = space.regions();
  auto const L = system.inverse(control);
  if (!L) return fail(L.error());
  auto const multiplier = multipliers(system, **L, control);
  if (!multiplier) return fail(multiplier.error());
  PairTask const task{system, **L, *multiplier, share};
  std::vector<PairLoss> pairs(system.size() * (regions - 1));
  if (resourced) {
    if (auto const done = resourced_pairs(task, pairs, control); !done) return fail(done.error());
    return pairs;
  }
  auto const done = parallel_for(system.size(), control, "extract pairs", [&](std::size_t i) {
    auto const home = space.region_of(IndustryId{i}).index();
    for (std::size_t r = 0; r < regions; ++r) {
      if (r != home) pairs[place_of_pair(space, i, r)] = plain_pair(task, i, r);
    }
  });
  if (!done) return fail(done.error());
  return pairs;
}

Result<std::vector<IndustryLoss>> extract_all_industries(LeontiefSystem const& system,
                                                         ExtractionKind kind, double share,
                                                         RunControl const& control) {
  LINCHPIN_EXPECTS(kind != ExtractionKind::flows);
  if (auto const good = check_share(share, "extraction"); !good) return fail(good.error());
  auto const& economy = system.economy();
  auto const L = system.inverse(control);
  if (!L) return fail(L.error());
  auto const multiplier = multipliers(system, **L, control);
  if (!multiplier) return fail(multiplier.error());
  std::vector<IndustryLoss> losses(system.size());
  for (std::size_t k = 0; k < losses.size(); ++k) {
    IndustryId const id{k};
    auto const home = system.space().region_of(id).index();
    auto const weights = weights_of(kind, share, economy.output()[id], final_use_of(economy, id),
                                    (**L)(k, k), system.coefficient(id, id));
    double const column = weights.column, own = weights.own;
    auto& loss = losses[k];
    loss.industry = id;
    loss.taken_away = share * flows_of(economy, kind, id);
    loss.output = party_loss(multiplier->output, {&k, 1}, {&column, 1}, home, {});
    loss.value_added = party_loss(multiplier->value_added, {&k, 1}, {&column, 1}, home, {});
    loss.output_own = (**L)(k, k) * column - own;
    double const own_value = system.value_added_share()[id] * own;
    loss.output.world -= own;
    loss.output.supplier -= own;
    loss.value_added.world -= own_value;
    loss.value_added.supplier -= own_value;
  }
  return losses;
}

}  // namespace linchpin::depend
