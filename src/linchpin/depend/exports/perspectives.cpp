// SPDX-License-Identifier: Apache-2.0
#include "linchpin/depend/exports/perspectives.h"

#include <cblas.h>

#include <algorithm>

#include "linchpin/core/blas.h"
#include "linchpin/core/parallel.h"
#include "linchpin/depend/lu.h"

namespace linchpin::depend {

std::array<std::string_view, perspectives> const perspective_names = {"bilateral", "importer",
                                                                      "world_source", "world_sink"};

namespace {

int as_int(std::size_t value) { return static_cast<int>(value); }

DenseMatrix block_of(DenseMatrix const& B, std::size_t row, std::size_t rows, std::size_t column,
                     std::size_t columns) {
  DenseMatrix block(rows, columns);
  for (std::size_t i = 0; i < rows; ++i) {
    std::copy_n(B.row(row + i).data() + column, columns, block.row(i).data());
  }
  return block;
}

/// Splits the exports of `i` to `r`: `own` and `foreign` per unit are counted once.
void split(ExportBase const& base, std::size_t i, std::size_t r, double own, double foreign,
           PerspectiveTerms& terms) {
  double const exports = base.exports(i, r);
  terms.dva(i, r) = own * exports;
  terms.ddc(i, r) = (base.own_content(i) - own) * exports;
  terms.fva(i, r) = foreign * exports;
  terms.fdc(i, r) = (base.foreign_content(i) - foreign) * exports;
}

void bilateral(ExportBase const& base, DenseMatrix const& B, std::size_t s, std::size_t r,
               PerspectiveTerms& terms) {
  auto const first = base.first(s), size = base.last(s) - first;
  auto const partner = base.first(r), partner_size = base.last(r) - partner;
  if (size == 0 || partner_size == 0) return;
  auto const A = base.system.block(RegionId{s}, RegionId{r});
  // I + A_sr B_rs: leading minors are ratios of determinants of productive systems, so its pivots
  // are positive without exchanging rows.
  DenseMatrix M(size, size);
  for (std::size_t i = 0; i < size; ++i) M(i, i) = 1.0;
  cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(size), as_int(size),
              as_int(partner_size), 1.0, A.data(), as_int(partner_size),
              B.row(partner).data() + first, as_int(B.columns()), 1.0, M.data(), as_int(size));
  [[maybe_unused]] auto const bad = factorise(M, {.threads = 1});
  LINCHPIN_ENSURES(bad && !bad->has_value());
  DenseMatrix once(2, size);
  for (std::size_t i = 0; i < size; ++i) {
    once(0, i) = base.own_content(first + i);
    once(1, i) = base.foreign_content(first + i);
  }
  solve_left_factorised(M, once, 1);
  for (std::size_t i = 0; i < size; ++i) split(base, first + i, r, once(0, i), once(1, i), terms);
}

/// V_t B^\(.,r)_ts = V_t B_ts - (V_t B_tr - [t = r] V_r L_rr) B_rr^-1 B_rs.
void importer(ExportBase const& base, DenseMatrix const& B, std::size_t r,
              PerspectiveTerms& terms) {
  auto const n = base.system.size(), G = base.space().regions();
  auto const first = base.first(r), size = base.last(r) - first;
  DenseMatrix through(G + 1, n);  // rows: origins t, then all that was in r before
  if (size > 0) {
    auto diagonal = block_of(B, first, size, first, size);
    [[maybe_unused]] auto const bad = factorise(diagonal, {.threads = 1});
    LINCHPIN_ENSURES(bad && !bad->has_value());
    DenseMatrix rows(G + 1, size);
    for (std::size_t j = 0; j < size; ++j) {
      for (std::size_t t = 0; t < G; ++t) rows(t, j) = base.content(t, first + j);
      rows(G, j) = base.all_content[first + j] - base.local_content[first + j];
    }
    solve_left_factorised(diagonal, rows, 1);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, as_int(G + 1), as_int(n), as_int(size),
                1.0, rows.data(), as_int(size), B.row(first).data(), as_int(n), 0.0, through.data(),
                as_int(n));
  }
  for (std::size_t i = 0; i < n; ++i) {
    auto const s = base.space().region_of(IndustryId{i}).index();
    if (s == r) continue;
    split(base, i, r, base.own_content(i) - through(s, i),
          base.foreign_content(i) - (through(G, i) - through(s, i)), terms);
  }
}

void world(ExportBase const& base, DenseMatrix const& local_inputs, std::size_t i, std::size_t r,
           PerspectiveTerms& source, PerspectiveTerms& sink) {
  split(base, i, r, base.local_content[i], 0.0, source);
  double const last = base.system.final_use()(IndustryId{i}, RegionId{r}) +
                      local_inputs(i, r);
  double const before = base.exports(i, r) - last;
  sink.dva(i, r) = base.own_content(i) * last;
  sink.ddc(i, r) = base.own_content(i) * before;
  sink.fva(i, r) = base.foreign_content(i) * last;
  sink.fdc(i, r) = base.foreign_content(i) * before;
}

}  // namespace

Result<std::array<PerspectiveTerms, perspectives>> bm_perspectives(ExportBase const& base,
                                                                   RunControl const& control) {
  auto const n = base.system.size(), G = base.space().regions();
  auto const inverse = base.system.inverse(control);
  if (!inverse) return fail(inverse.error());
  auto const& B = **inverse;
  DenseMatrix local(n, 1);
  std::copy(base.local_final.begin(), base.local_final.end(), local.data());
  auto const local_inputs = through_importers(base.system, local, control);
  if (!local_inputs) return fail(local_inputs.error());
  use_single_threaded_blas();
  DenseMatrix const zero(n, G);
  std::array<PerspectiveTerms, perspectives> all;
  for (auto& terms : all) terms = {zero, zero, zero, zero};
  auto const terms_of = [&](Perspective which) -> PerspectiveTerms& {
    return all[static_cast<std::size_t>(which)];
  };
  using enum Perspective;
  // One task per importer: it alone writes the column r of every matrix.
  auto const done = parallel_for(G, control, "perspectives", [&](std::size_t r) {
    for (std::size_t s = 0; s < G; ++s) {
      if (s != r) depend::bilateral(base, B, s, r, terms_of(bilateral));
    }
    depend::importer(base, B, r, terms_of(importer));
    for (std::size_t i = 0; i < n; ++i) {
      if (base.space().region_of(IndustryId{i}).index() == r) continue;
      world(base, *local_inputs, i, r, terms_of(world_source), terms_of(world_sink));
    }
  });
  if (!done) return fail(done.error());
  return all;
}

}  // namespace linchpin::depend
