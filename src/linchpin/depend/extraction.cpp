// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/extraction.h"

#include <cblas.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string>

#include "linchpin/core/blas.h"
#include "linchpin/depend/lu.h"

namespace linchpin::depend {
namespace {

using Places = std::vector<std::size_t>;  // of industries in the table

/// What is taken off A at the crossings of `rows` and `columns`.
struct Block {
  Places rows;
  Places columns;
  DenseMatrix cells;

  Block(Places rows_, Places columns_)
      : rows(std::move(rows_)), columns(std::move(columns_)), cells(rows.size(), columns.size()) {}
  [[nodiscard]] std::size_t rank() const { return std::min(rows.size(), columns.size()); }
};

/// Everything an extraction takes away; blocks do not overlap.
struct Removal {
  std::vector<Block> blocks;
  DenseVector final_use;
  double taken_away = 0;
  double resourced = 0;
  double not_resourced = 0;
};

Places places_of(std::vector<IndustryId> const& industries) {
  Places result;
  for (auto const id : industries) result.push_back(id.index());
  return result;
}

Places all_places(std::size_t n) {
  Places result(n);
  std::iota(result.begin(), result.end(), std::size_t{0});
  return result;
}

void check_industries(LeontiefSystem const& system, std::vector<IndustryId> const& industries,
                      char const* role, std::vector<bool>& seen, ErrorList& errors) {
  bool any_output = false;
  for (auto const id : industries) {
    if (seen[id.index()]) {
      errors.add(ErrorCode::bad_value, "the industry is given twice, or as supplier and as buyer",
                 system.space().label(id), "give each industry once, on one side");
    }
    seen[id.index()] = true;
    any_output = any_output || system.economy().output()[id] > 0;
  }
  if (industries.empty()) {
    errors.add(ErrorCode::missing_value, fmt::format("no {} is given", role), "extraction",
               "name a region or an industry");
  } else if (!any_output) {
    errors.add(ErrorCode::missing_value, fmt::format("the {} has no output", role),
               system.space().label(industries.front()), "choose another industry");
  }
}

Result<void> check(LeontiefSystem const& system, Extraction const& extraction) {
  ErrorList errors;
  if (auto const good = check_share(extraction.share, "extraction"); !good) {
    errors.add(good.error());
  }
  bool const flows = extraction.kind == ExtractionKind::flows;
  if (extraction.resourced && !flows) {
    errors.add(ErrorCode::bad_value, "only flows to stated buyers can be ordered elsewhere",
               "extraction", "name buyers, or leave re-sourcing out");
  }
  std::vector<bool> seen(system.size(), false);
  check_industries(system, extraction.suppliers, "supplier", seen, errors);
  if (flows) check_industries(system, extraction.buyers, "buyer", seen, errors);
  if (!errors.empty()) return fail(errors.joined());
  return {};
}

/// The share of A at the crossings, and the flows behind it.
Block share_of_A(LeontiefSystem const& system, Places rows, Places columns, double share,
                 double& taken_away) {
  Block block(std::move(rows), std::move(columns));
  auto const output = system.economy().output().raw();
  for (std::size_t r = 0; r < block.rows.size(); ++r) {
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      auto const j = block.columns[c];
      double const cell = share * system.coefficient(IndustryId{block.rows[r]}, IndustryId{j});
      block.cells(r, c) = cell;
      taken_away += cell * output[j];
    }
  }
  return block;
}

/// The other suppliers of the products that `suppliers` make, ascending.
Places other_suppliers(IndustrySpace const& space, std::vector<IndustryId> const& suppliers) {
  std::vector<bool> product(space.sectors(), false), extracted(space.size(), false);
  for (auto const id : suppliers) {
    product[space.sector_of(id).index()] = true;
    extracted[id.index()] = true;
  }
  Places result;
  for (std::size_t i = 0; i < space.size(); ++i) {
    if (product[space.sector_of(IndustryId{i}).index()] && !extracted[i]) result.push_back(i);
  }
  return result;
}

/// A block of the suppliers' rows followed by those of their competitors, where the cells are
/// negative: what they sell in addition.
void resource(LeontiefSystem const& system, Extraction const& extraction, Removal& removal) {
  auto const& space = system.space();
  auto const others = other_suppliers(space, extraction.suppliers);
  auto const& taken = removal.blocks.front();
  auto rows = taken.rows;
  rows.insert(rows.end(), others.begin(), others.end());
  Block block(std::move(rows), taken.columns);
  DenseVector missing(space.sectors()), offered(space.sectors());
  for (std::size_t c = 0; c < block.columns.size(); ++c) {
    IndustryId const buyer{block.columns[c]};
    double const output = system.economy().output()[buyer];
    std::fill(missing.begin(), missing.end(), 0.0);
    std::fill(offered.begin(), offered.end(), 0.0);
    for (std::size_t r = 0; r < taken.rows.size(); ++r) {
      block.cells(r, c) = taken.cells(r, c);
      missing[space.sector_of(IndustryId{taken.rows[r]}).index()] += taken.cells(r, c);
    }
    for (auto const i : others) {
      offered[space.sector_of(IndustryId{i}).index()] += system.coefficient(IndustryId{i}, buyer);
    }
    for (std::size_t k = 0; k < others.size(); ++k) {
      IndustryId const seller{others[k]};
      auto const product = space.sector_of(seller).index();
      if (!(offered[product] > 0)) continue;
      block.cells(taken.rows.size() + k, c) =
          -missing[product] * (system.coefficient(seller, buyer) / offered[product]);
    }
    for (std::size_t product = 0; product < missing.size(); ++product) {
      double const amount = missing[product] * output;
      (offered[product] > 0 ? removal.resourced : removal.not_resourced) += amount;
    }
  }
  removal.blocks.front() = std::move(block);
}

Removal removal_of(LeontiefSystem const& system, Extraction const& extraction) {
  auto const n = system.size();
  auto const suppliers = places_of(extraction.suppliers);
  double const share = extraction.share;
  Removal removal;
  removal.final_use.assign(n, 0.0);
  auto const take = [&](Places rows, Places columns) {
    removal.blocks.push_back(
        share_of_A(system, std::move(rows), std::move(columns), share, removal.taken_away));
  };
  switch (extraction.kind) {
    case ExtractionKind::forward:
      take(suppliers, all_places(n));
      break;
    case ExtractionKind::backward:
      take(all_places(n), suppliers);
      break;
    case ExtractionKind::flows:
      take(suppliers, places_of(extraction.buyers));
      if (extraction.resourced) resource(system, extraction, removal);
      break;
    case ExtractionKind::total: {
      take(suppliers, all_places(n));
      std::vector<bool> extracted(n, false);
      for (auto const i : suppliers) extracted[i] = true;
      auto rest = all_places(n);
      std::erase_if(rest, [&](std::size_t i) { return extracted[i]; });
      take(std::move(rest), suppliers);
      for (auto const i : suppliers) {
        removal.final_use[i] = share * final_use_of(system.economy(), IndustryId{i});
        removal.taken_away += removal.final_use[i];
      }
      break;
    }
  }
  return removal;
}

/// D = U V', block after block; U is the unit vectors of the rows where there are fewer rows than
/// columns, V' those of the columns otherwise. U gets one more column: what is off final use.
void split(Removal const& removal, DenseMatrix& U, DenseMatrix& V) {
  std::size_t first = 0;
  for (auto const& block : removal.blocks) {
    bool const by_row = block.rows.size() <= block.columns.size();
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
      for (std::size_t c = 0; c < block.columns.size(); ++c) {
        (by_row ? V(first + r, block.columns[c]) : U(block.rows[r], first + c)) = block.cells(r, c);
      }
    }
    for (std::size_t k = 0; k < block.rank(); ++k) {
      (by_row ? U(block.rows[k], first + k) : V(first + k, block.columns[k])) = 1.0;
    }
    first += block.rank();
  }
  for (std::size_t i = 0; i < U.rows(); ++i) U(i, first) = removal.final_use[i];
}

/// x - x(0). The small system is eliminated without exchanging rows: its k-th pivot is
/// det(I - A_k) / det(I - A_(k-1)), A_k being A less the first k terms of D, so it is >= 1 as long
/// as only flows are taken away, and positive as long as all A_k are productive.
Result<DenseVector> lost_output(LeontiefSystem const& system, Removal const& removal,
                                RunControl const& control) {
  auto const n = system.size();
  std::size_t m = 0;
  for (auto const& block : removal.blocks) m += block.rank();
  DenseMatrix W(n, m + 1), V(m, n);
  split(removal, W, V);
  system.solve(W, control);
  if (control.cancel.cancelled()) {
    return fail(ErrorCode::cancelled, "stopped on request", "extraction", "");
  }
  use_single_threaded_blas();
  auto const rank = static_cast<int>(m), size = static_cast<int>(n);
  DenseMatrix product(m, m + 1), small(m, m), y(m, 1);
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, rank, rank + 1, size, 1.0, V.data(), size,
              W.data(), rank + 1, 0.0, product.data(), rank + 1);
  auto const output = system.economy().output().raw();
  for (std::size_t k = 0; k < m; ++k) {
    auto const v = V.row(k);
    y(k, 0) = std::inner_product(v.begin(), v.end(), output.begin(), 0.0) - product(k, m);
    for (std::size_t l = 0; l < m; ++l) small(k, l) = (k == l ? 1.0 : 0.0) + product(k, l);
  }
  auto const bad = factorise(small, {.threads = control.threads, .cancel = control.cancel});
  if (!bad) return fail(bad.error());
  if (bad->has_value()) {
    return fail(ErrorCode::unproductive_table,
                "with the new orders the industries need more than they make", "extraction",
                "the table has negative value added: look at `linchpin table check`");
  }
  solve_factorised(small, y, control.threads);
  DenseVector loss(n);
  for (std::size_t i = 0; i < n; ++i) {
    auto const w = W.row(i);
    loss[i] = std::inner_product(y.data(), y.data() + m, w.begin(), w[m]);
  }
  return loss;
}

}  // namespace

Result<void> check_share(double share, std::string_view where) {
  if (share >= 0 && share <= 1) return {};
  return fail(ErrorCode::bad_value, fmt::format("the share is {}, not between 0 and 1", share),
              std::string(where), "give a share such as 0.5");
}

double final_use_of(Economy const& economy, IndustryId industry) {
  double sum = 0;
  for (std::size_t r = 0; r < economy.space().regions(); ++r) {
    sum += economy.final_by_region()(industry, RegionId{r});
  }
  return sum;
}

DenseVector sum_by_region(IndustrySpace const& space, std::span<double const> by_industry) {
  LINCHPIN_EXPECTS(by_industry.size() == space.size());
  DenseVector result(space.regions(), 0.0);
  for (std::size_t i = 0; i < by_industry.size(); ++i) {
    result[space.region_of(IndustryId{i}).index()] += by_industry[i];
  }
  return result;
}

Result<ExtractionLoss> extract(LeontiefSystem const& system, Extraction const& extraction,
                               RunControl const& control) {
  if (auto const good = check(system, extraction); !good) return fail(good.error());
  auto const removal = removal_of(system, extraction);
  auto lost = lost_output(system, removal, control);
  if (!lost) return fail(lost.error());
  ExtractionLoss loss;
  loss.output = *std::move(lost);
  loss.taken_away = removal.taken_away;
  loss.resourced = removal.resourced;
  loss.not_resourced = removal.not_resourced;
  auto const share = system.value_added_share().raw();
  loss.value_added.resize(loss.output.size());
  for (std::size_t i = 0; i < loss.output.size(); ++i) {
    loss.value_added[i] = share[i] * loss.output[i];
  }
  return loss;
}

}  // namespace linchpin::depend
