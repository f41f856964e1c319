// SPDX-License-Identifier: Apache-2.0
#include "linchpin/table/formats/formats.h"

namespace linchpin {

std::vector<TableFormat> const& all_formats() {
  static std::vector<TableFormat> const formats{
      bea_format(),
      china_nbs_format(),
      oecd_national_format(),
      exiobase3_format(),
      pymrio_format(),
      oecd_icio_format(),
      wiod2016_format(),
      gloria_format(),
      eora_format(),
      figaro_format(),
      adb_mrio_format(),
      wiod2013_format(),
      tidy_format(),
  };
  return formats;
}

}  // namespace linchpin
