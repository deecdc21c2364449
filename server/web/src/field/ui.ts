/* Vant, taken piece by piece: what is not named here is not shipped with the first load. */
import 'vant/es/style/base.css'
import 'vant/es/badge/index.css'
import 'vant/es/icon/index.css'
import 'vant/es/loading/index.css'
import 'vant/es/button/index.css'
import 'vant/es/cell/index.css'
import 'vant/es/cell-group/index.css'
import 'vant/es/tabbar/index.css'
import 'vant/es/tabbar-item/index.css'
import 'vant/es/nav-bar/index.css'

export {
  Button as VanButton, Cell as VanCell, CellGroup as VanCellGroup, Icon as VanIcon, Loading as VanLoading, NavBar as VanNavBar, Tabbar as VanTabbar, TabbarItem as VanTabbarItem,
} from 'vant'
