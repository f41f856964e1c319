// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/exports/borin_mancini.h"

#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/lu.h"

namespace linchpin::depend {
namespace {

BmDetail empty_detail(ExportBase const& base) {
  DenseMatrix const zero(base.system.size(), base.space().regions());
  return {base.exports, zero, zero, zero, zero, zero, zero, zero};
}

/// B_ss^-1 L_ss X for X of N x k. B_ss is the inverse of an M-matrix: it is eliminated without
/// exchanging rows, and its pivots are at least one.
class Correction {
 public:
  Correction(DenseMatrix diagonal_block, DenseMatrix const& local_inverse)
      : factors_(std::move(diagonal_block)), local_(local_inverse) {
    [[maybe_unused]] auto const bad = factorise(factors_, {.threads = 1});
    LINCHPIN_ENSURES(bad && !bad->has_value());
  }
  [[nodiscard]] DenseMatrix right(DenseMatrix const& X) const {
    auto const N = static_cast<int>(X.rows()), k = static_cast<int>(X.columns());
    DenseMatrix result(X.rows(), X.columns());
    if (X.values().empty()) return result;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, N, k, N, 1.0, local_.data(), N, X.data(),
                k, 0.0, result.data(), k);
    solve_factorised(factors_, result, 1);
    return result;
  }
  /// x' B_ss^-1 L_ss.
  [[nodiscard]] DenseVector left(std::span<double const> x) const {
    DenseMatrix row(1, x.size());
    std::copy(x.begin(), x.end(), row.data());
    solve_left_factorised(factors_, row, 1);
    DenseVector result(x.size(), 0.0);
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (std::size_t j = 0; j < x.size(); ++j) result[j] += row(0, i) * local_(i, j);
    }
    return result;
  }

 private:
  DenseMatrix factors_;
  DenseMatrix const& local_;
};

/// DAVAX: V_s L_ss (Y_sr + A_sr L_rr Y_rr), the same in both.
Result<void> fill_direct(ExportBase const& base, BmDetail& detail, RunControl const& control) {
  auto const n = base.system.size(), G = base.space().regions();
  DenseMatrix local(n, 1);
  std::copy(base.local_final.begin(), base.local_final.end(), local.data());
  auto const inputs = through_importers(base.system, local, control);
  if (!inputs) return fail(inputs.error());
  for (std::size_t i = 0; i < n; ++i) {
    auto const home = base.space().region_of(IndustryId{i}).index();
    for (std::size_t r = 0; r < G; ++r) {
      if (r == home) continue;
      double const final_use = base.system.final_use()(IndustryId{i}, RegionId{r});
      detail.davax(i, r) = base.local_content[i] * (final_use + (*inputs)(i, r));
    }
  }
  return {};
}

}  // namespace

BmTerms& BmTerms::operator+=(BmTerms const& other) {
  exports += other.exports;
  vax += other.vax;
  ref += other.ref;
  ddc += other.ddc;
  fva += other.fva;
  fdc += other.fdc;
  davax += other.davax;
  vaxim += other.vaxim;
  return *this;
}

BmTerms BmDetail::at(std::size_t i, std::size_t r) const {
  return {exports(i, r), vax(i, r), ref(i, r),   ddc(i, r),
          fva(i, r),     fdc(i, r), davax(i, r), vaxim(i, r)};
}

BmTerms BmDetail::of_flow(IndustrySpace const& space, RegionId exporter, RegionId importer) const {
  BmTerms sum;
  auto const last = space.last_of(exporter).index();
  for (auto i = space.first_of(exporter).index(); i < last; ++i) sum += at(i, importer.index());
  return sum;
}

BmTerms BmDetail::of_exporter(IndustrySpace const& space, RegionId exporter) const {
  BmTerms sum;
  for (std::size_t r = 0; r < space.regions(); ++r) sum += of_flow(space, exporter, RegionId{r});
  return sum;
}

Result<BmDetail> bm_source(ExportBase const& base, RunControl const& control) {
  auto const G = base.space().regions();
  auto detail = empty_detail(base);
  if (auto const done = fill_direct(base, detail, control); !done) return fail(done.error());
  auto const diagonal = base.system.diagonal_blocks(control);
  if (!diagonal) return fail(diagonal.error());
  auto const inputs = through_importers(base.system, base.absorbed, control);
  if (!inputs) return fail(inputs.error());
  auto const final_use = base.system.final_use();
  auto const done = parallel_for(G, control, "exports by source", [&](std::size_t s) {
    auto const first = base.first(s), size = base.last(s) - first;
    Correction const correction((*diagonal)[s], base.local_inverses[s]);
    auto const once = correction.left({base.all_content.data() + first, size});
    for (std::size_t i = first; i < first + size; ++i) {
      double const domestic = base.local_content[i];
      double const foreign = once[i - first] - domestic;
      for (std::size_t r = 0; r < G; ++r) {
        if (r == s) continue;
        auto const sold = inputs->row(i).subspan(r * G, G);
        double abroad = final_use(IndustryId{i}, RegionId{r});
        for (std::size_t k = 0; k < G; ++k) abroad += k == s ? 0.0 : sold[k];
        detail.vax(i, r) = domestic * abroad;
        detail.ref(i, r) = domestic * sold[s];
        detail.vaxim(i, r) = domestic * (final_use(IndustryId{i}, RegionId{r}) + sold[r]);
        detail.ddc(i, r) = (base.own_content(i) - domestic) * base.exports(i, r);
        detail.fva(i, r) = foreign * base.exports(i, r);
        detail.fdc(i, r) = (base.foreign_content(i) - foreign) * base.exports(i, r);
      }
    }
  });
  if (!done) return fail(done.error());
  return detail;
}

namespace {

/// Places in the rows of `SinkDemand`.
enum : std::size_t { abroad, home, importer, exported, kinds };

/// n x kinds: output of h for final use outside s, in s, in its own region, and for what s exports,
/// on ways that do not pass through exports of s again.
DenseMatrix sink_demand(ExportBase const& base, DenseMatrix const& inverse,
                        DenseMatrix const& inputs, std::size_t s) {
  auto const n = base.system.size(), G = base.space().regions();
  auto const first = base.first(s), size = base.last(s) - first;
  DenseMatrix block(size, size), demand(size, G + 1);
  auto const final_use = base.system.final_use();
  for (std::size_t i = 0; i < size; ++i) {
    std::copy_n(inverse.row(first + i).data() + first, size, block.row(i).data());
    auto const sold = inputs.row(first + i);
    for (std::size_t k = 0; k < G; ++k) {
      double sum = k == s ? 0.0 : final_use(IndustryId{first + i}, RegionId{k});
      for (std::size_t r = 0; r < G; ++r) sum += sold[r * G + k];
      demand(i, k) = sum;
    }
    demand(i, G) = base.total_exports[first + i];
  }
  auto const q = Correction(std::move(block), base.local_inverses[s]).right(demand);
  DenseMatrix through_s(n, G + 1), result(n, kinds);
  auto const columns = static_cast<int>(G + 1);
  if (size > 0) {
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, static_cast<int>(n), columns,
                static_cast<int>(size), 1.0, inverse.data() + first, static_cast<int>(n), q.data(),
                columns, 0.0, through_s.data(), columns);
  }
  for (std::size_t h = 0; h < n; ++h) {
    auto const region = base.space().region_of(IndustryId{h}).index();
    for (std::size_t k = 0; k < G; ++k) {
      double const value = base.absorbed(h, k) - through_s(h, k);
      result(h, k == s ? home : abroad) += value;
      if (k == region) result(h, importer) = value;
    }
    result(h, exported) = through_s(h, G);
  }
  return result;
}

}  // namespace

Result<BmDetail> bm_sink(ExportBase const& base, RunControl const& control) {
  auto const n = base.system.size(), G = base.space().regions();
  auto detail = empty_detail(base);
  if (auto const done = fill_direct(base, detail, control); !done) return fail(done.error());
  auto const inverse = base.system.inverse(control);
  if (!inverse) return fail(inverse.error());
  auto const inputs = through_importers(base.system, base.absorbed, control);
  if (!inputs) return fail(inputs.error());
  auto const final_use = base.system.final_use();
  auto const inverse_output = base.system.inverse_output();
  auto const done = parallel_for(G, control, "exports by sink", [&](std::size_t s) {
    auto demand = sink_demand(base, **inverse, *inputs, s);
    for (std::size_t h = 0; h < n; ++h) {
      for (double& value : demand.row(h)) value *= inverse_output[h];
    }
    for (std::size_t i = base.first(s); i < base.last(s); ++i) {
      auto const flows = base.system.economy().flows().row(IndustryId{i});
      double const domestic = base.own_content(i), foreign = base.foreign_content(i);
      for (std::size_t r = 0; r < G; ++r) {
        if (r == s) continue;
        double sold[kinds] = {};
        for (std::size_t h = base.first(r); h < base.last(r); ++h) {
          auto const row = demand.row(h);
          for (std::size_t kind = 0; kind < kinds; ++kind) sold[kind] += flows[h] * row[kind];
        }
        double const direct = final_use(IndustryId{i}, RegionId{r});
        detail.vax(i, r) = domestic * (direct + sold[abroad]);
        detail.ref(i, r) = domestic * sold[home];
        detail.vaxim(i, r) = domestic * (direct + sold[importer]);
        detail.ddc(i, r) = domestic * sold[exported];
        detail.fva(i, r) = foreign * (direct + sold[abroad] + sold[home]);
        detail.fdc(i, r) = foreign * sold[exported];
      }
    }
  });
  if (!done) return fail(done.error());
  return detail;
}

}  // namespace linchpin::depend
