import { type ThemeConfig, theme } from 'antd';
import { CONTROL_PX, MONO_STACK, PALETTES, RADIUS_PX, SPACE_PX, type Tone, TYPE_PX } from './tokens.ts';

/** antd's theme of one tone, from the same tokens as the CSS custom properties. */
export function antdTheme(tone: Tone): ThemeConfig {
  const palette = PALETTES[tone];
  const dark = tone === 'dark';
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily: 'var(--font)',
      fontFamilyCode: MONO_STACK,
      fontSize: dark ? TYPE_PX.small : TYPE_PX.base,
      controlHeight: CONTROL_PX[tone],
      controlHeightLG: CONTROL_PX[tone] + 8,
      controlHeightSM: CONTROL_PX[tone] - 8,
      borderRadius: RADIUS_PX.control,
      borderRadiusLG: RADIUS_PX.surface,
      colorPrimary: palette.primary,
      colorPrimaryHover: palette.primaryHover,
      colorLink: palette.primary,
      colorLinkHover: palette.primaryHover,
      colorError: palette.danger,
      colorWarning: palette.warning,
      colorSuccess: palette.success,
      colorInfo: palette.primary,
      colorText: palette.text,
      colorTextSecondary: palette.textSecondary,
      colorTextTertiary: palette.textSecondary,
      colorTextDescription: palette.textSecondary,
      colorTextPlaceholder: dark ? palette.borderStrong : '#66767f',
      // Whoever may only look has to read it as well.
      colorTextDisabled: palette.textSecondary,
      colorTextLightSolid: palette.onPrimary,
      colorBgLayout: palette.background,
      colorBgContainer: palette.surface,
      colorBgElevated: dark ? palette.raised : palette.surface,
      colorBorder: palette.borderStrong,
      colorBorderSecondary: palette.border,
      colorSplit: palette.border,
      colorErrorBg: palette.dangerSoft,
      colorWarningBg: palette.warningSoft,
      colorSuccessBg: palette.successSoft,
      colorInfoBg: palette.primarySoft,
      // What antd draws its focus ring in.
      colorPrimaryBorder: palette.focus,
      wireframe: false,
      // Whoever asked the system for stillness: what waits for the end of a motion would wait for ever for one that CSS cut off.
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.18s',
    },
    components: {
      Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Form: { labelColor: palette.text, verticalLabelPadding: `0 0 ${SPACE_PX[1]}px`, itemMarginBottom: SPACE_PX[5] },
      Table: {
        headerBg: palette.raised,
        headerColor: palette.textSecondary,
        cellPaddingBlock: SPACE_PX[3],
        rowSelectedBg: palette.primarySoft,
        rowSelectedHoverBg: palette.primarySoft,
      },
      Tabs: { titleFontSize: TYPE_PX.base },
      Segmented: { trackBg: palette.border, itemColor: palette.text },
      Tooltip: { colorTextLightSolid: dark ? palette.text : '#ffffff' },
    },
  };
}
