// SPDX-License-Identifier: Apache-2.0
#include <cstdio>

#include "linchpin/core/version.h"
#include "linchpin/depend/reliance.h"
#include "linchpin/table/worlds.h"

/// On whom does China depend? `argv[1]` is the data folder of the installation.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  auto table = linchpin::load_table("world-2011", argv[1]);
  if (!table) return 1;
  auto economy = linchpin::Economy::make(std::move(table->table));
  if (!economy) return 1;
  auto const system = linchpin::depend::LeontiefSystem::make(*economy);
  if (!system) return 1;
  auto const china = economy->space().find_region("CHN", "consumer");
  auto const korea = economy->space().find_region("KOR", "consumer");
  if (!china || !korea) return 1;
  auto const account = linchpin::depend::buyer_account(*system, {*china});
  if (!account) return 1;
  std::printf("linchpin %s: CHN relies on KOR for %.6f per unit of output\n", linchpin::version,
              account->by_region[korea->index()].look_through);
  return 0;
}
