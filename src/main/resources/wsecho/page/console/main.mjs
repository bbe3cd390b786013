// the console; assets name each other relatively, as in: import uPlot from "../uplot.mjs"
