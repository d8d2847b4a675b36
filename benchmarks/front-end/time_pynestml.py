"""Times PyNESTML while it parses the given model files and checks its context conditions; prints one JSON object, times in s."""

import json
import sys
import time

start = time.perf_counter()

from pynestml.cocos.co_cos_manager import CoCosManager
from pynestml.frontend.pynestml_frontend import init_predefined
from pynestml.utils.logger import Logger, LoggingLevel
from pynestml.utils.model_parser import ModelParser

Logger.init_logger(LoggingLevel.NO)
init_predefined()
load = time.perf_counter() - start

parse = 0.0
check = 0.0
refused = []
for path in sys.argv[1:]:
    begin = time.perf_counter()
    unit = ModelParser.parse_file(path)
    parsed = time.perf_counter()
    parse += parsed - begin
    for model in [] if unit is None else unit.get_model_list():
        CoCosManager.check_cocos(model)
        if Logger.has_errors(model):
            refused.append(model.get_name())
    check += time.perf_counter() - parsed
    if unit is None:
        refused.append(path)

print(json.dumps({"load": load, "parse": parse, "check": check, "refused": refused}))
