/* Element Plus, taken piece by piece: what is not named here is not shipped. */
import 'element-plus/es/components/alert/style/css'
import 'element-plus/es/components/button/style/css'
import 'element-plus/es/components/checkbox/style/css'
import 'element-plus/es/components/dialog/style/css'
import 'element-plus/es/components/empty/style/css'
import 'element-plus/es/components/input/style/css'
import 'element-plus/es/components/option/style/css'
import 'element-plus/es/components/radio/style/css'
import 'element-plus/es/components/radio-group/style/css'
import 'element-plus/es/components/select/style/css'
import 'element-plus/es/components/skeleton/style/css'

export {
  ElAlert, ElButton, ElCheckbox, ElConfigProvider, ElDialog, ElEmpty, ElInput, ElOption, ElRadio, ElRadioGroup, ElSelect, ElSkeleton,
} from 'element-plus'
