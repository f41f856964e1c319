// SPDX-License-Identifier: Apache-2.0
#include "linchpin/core/version.h"
#include "linchpin/core/blas.h"
#include "linchpin/serve/endpoints/all.h"
#include "linchpin/serve/endpoints/submit.h"

namespace linchpin::serve {

Response show_version() {
  auto const blas = blas_info();
  return json_response(
      {{"schema", json_schema("linchpin.version")},
       {"program", "linchpin"},
       {"version", std::string{version}},
       {"api", 1},
       {"blas", blas.kernel.empty() ? blas.library : blas.library + " (" + blas.kernel + ")"}});
}

}  // namespace linchpin::serve
