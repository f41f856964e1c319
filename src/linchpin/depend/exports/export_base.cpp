// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/exports/export_base.h"

#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"

namespace linchpin::depend {
namespace {

void fill_exports(ExportBase& base) {
  auto const& economy = base.system.economy();
  auto const n = economy.size(), G = base.space().regions();
  base.exports = DenseMatrix(n, G);
  base.total_exports.assign(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    auto const home = base.space().region_of(IndustryId{i}).index();
    auto const flows = economy.flows().row(IndustryId{i});
    for (std::size_t r = 0; r < G; ++r) {
      if (r == home) continue;
      double sum = base.system.final_use()(IndustryId{i}, RegionId{r});
      for (std::size_t j = base.first(r); j < base.last(r); ++j) {
        if (base.system.inverse_output()[j] > 0) sum += flows[j];
      }
      base.exports(i, r) = sum;
      base.total_exports[i] += sum;
    }
  }
}

void fill_local(ExportBase& base, std::size_t region) {
  auto const& local = base.local_inverses[region];
  auto const first = base.first(region);
  auto const share = base.system.value_added_share().raw();
  auto const final_use = base.system.final_use();
  for (std::size_t i = 0; i < local.rows(); ++i) {
    auto const row = local.row(i);
    double home = 0, abroad = 0;
    for (std::size_t j = 0; j < row.size(); ++j) {
      base.local_content[first + j] += share[first + i] * row[j];
      home += row[j] * final_use(IndustryId{first + j}, RegionId{region});
      abroad += row[j] * base.total_exports[first + j];
    }
    base.local_final[first + i] = home;
    base.local_exports[first + i] = abroad;
  }
}

}  // namespace

double ExportBase::own_content(std::size_t industry) const {
  return content(space().region_of(IndustryId{industry}).index(), industry);
}

double ExportBase::foreign_content(std::size_t industry) const {
  return all_content[industry] - own_content(industry);
}

Result<ExportBase> export_base(LeontiefSystem const& system, RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size(), G = space.regions();
  if (G < 2) {
    return fail(ErrorCode::missing_value, "a table of one region has no exports", "depend",
                "ask of a table with at least two regions");
  }
  ExportBase base{.system = system};
  fill_exports(base);

  base.content = DenseMatrix(G, n);
  auto const share = system.value_added_share();
  for (std::size_t i = 0; i < n; ++i) {
    base.content(space.region_of(IndustryId{i}).index(), i) = share[IndustryId{i}];
  }
  system.solve_left(base.content, control);
  base.all_content.assign(n, 0.0);
  for (std::size_t t = 0; t < G; ++t) {
    auto const row = base.content.row(t);
    for (std::size_t i = 0; i < n; ++i) base.all_content[i] += row[i];
  }

  auto const final_use = system.final_use();
  base.absorbed = DenseMatrix(n, G);
  std::copy_n(final_use.raw(), n * G, base.absorbed.data());
  system.solve(base.absorbed, control);

  base.local_inverses.resize(G);
  base.local_content.assign(n, 0.0);
  base.local_final.assign(n, 0.0);
  base.local_exports.assign(n, 0.0);
  auto const done = parallel_for(G, control, "local inverses", [&](std::size_t r) {
    base.local_inverses[r] = system.local_inverse(RegionId{r});
    fill_local(base, r);
  });
  if (!done) return fail(done.error());
  return base;
}

Result<DenseMatrix> through_importers(LeontiefSystem const& system, DenseMatrix const& per_industry,
                                      RunControl const& control) {
  auto const& space = system.space();
  auto const n = system.size(), G = space.regions(), K = per_industry.columns();
  LINCHPIN_EXPECTS(per_industry.rows() == n);
  use_single_threaded_blas();
  DenseMatrix scaled = per_industry;  // A X = Z (X / x)
  for (std::size_t j = 0; j < n; ++j) {
    for (double& value : scaled.row(j)) value *= system.inverse_output()[j];
  }
  DenseMatrix result(n, G * K);
  auto const* const flows = system.economy().flows().raw();
  auto const size = [](std::size_t value) { return static_cast<int>(value); };
  auto const done = parallel_for(G * G, control, "importers", [&](std::size_t pair) {
    auto const s = pair / G, r = pair % G;
    auto const row = space.first_of(RegionId{s}).index(), column = space.first_of(RegionId{r}).index();
    auto const rows = space.last_of(RegionId{s}).index() - row;
    auto const columns = space.last_of(RegionId{r}).index() - column;
    if (s == r || rows == 0 || columns == 0 || K == 0) return;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, size(rows), size(K), size(columns), 1.0,
                flows + row * n + column, size(n), scaled.row(column).data(), size(K), 0.0,
                result.row(row).data() + r * K, size(G * K));
  });
  if (!done) return fail(done.error());
  return result;
}

}  // namespace linchpin::depend
