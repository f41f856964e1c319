// SPDX-License-Identifier: Apache-2.0
// Mix-ups that must not compile: one case per build, chosen by LINCHPIN_CASE. Case 0 is the
// control: the same includes and the right way to write it, which must compile.
#include <array>
#include <span>

#include "linchpin/core/ids.h"
#include "linchpin/core/random.h"
#include "linchpin/core/views.h"

using namespace linchpin;

std::size_t needs_sector(SectorId sector) { return sector.index(); }

struct EnsembleOptions {
  Seed seed;
  int runs = 10;
};

int main() {
  std::array<double, 4> values{};
  VectorView<SectorId, double> const by_sector{std::span<double>{values}};
  MatrixView<RegionId, SectorId, double> const by_both{values.data(), 2, 2};
  RegionId const region{1};
  SectorId const sector{1};
#if LINCHPIN_CASE == 0
  EnsembleOptions const options{.seed = Seed{42}};
  by_sector[sector] = by_both(region, sector);
  return static_cast<int>(needs_sector(sector)) + options.runs;
#elif LINCHPIN_CASE == 1  // a region taken for a sector
  return static_cast<int>(needs_sector(region));
#elif LINCHPIN_CASE == 2  // a bare number taken for a sector
  return static_cast<int>(needs_sector(1));
#elif LINCHPIN_CASE == 3  // arithmetic on ids
  return static_cast<int>((region + 1).index());
#elif LINCHPIN_CASE == 4  // ids of different kinds compared
  return region == sector ? 1 : 0;
#elif LINCHPIN_CASE == 5  // a vector read with the wrong id
  return static_cast<int>(by_sector[region]);
#elif LINCHPIN_CASE == 6  // row and column swapped
  return static_cast<int>(by_both(sector, region));
#elif LINCHPIN_CASE == 7  // an experiment without a seed
  EnsembleOptions const options{.runs = 3};
  return options.runs;
#elif LINCHPIN_CASE == 8  // a bare number taken for a seed
  EnsembleOptions const options{.seed = 42};
  return options.runs;
#endif
}
